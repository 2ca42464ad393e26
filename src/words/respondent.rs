//! What a respondent reads around the questions.

use super::{fill, words};
use crate::interview::Why;

words! {
    /// Texts of the respondent's page.
    Word (loaded) {
        AppTitle: "Khảo sát sự hài lòng", "Satisfaction survey";
        ChooseSurvey: "Chọn phiếu khảo sát", "Choose a survey";
        ChooseSurveyHint: "Ông/Bà vui lòng chọn phiếu phù hợp.", "Please choose the survey that fits.";
        ForOfficials: "Dành cho cán bộ: xem kết quả", "For officials: see the results";
        ForCounters: "Dùng máy này tại quầy", "Use this device at a counter";
        Start: "Đồng ý và bắt đầu", "Agree and start";
        Next: "Tiếp tục", "Next";
        Skip: "Bỏ qua câu này", "Skip this question";
        SkipAll: "Bỏ qua", "Skip";
        Back: "Quay lại", "Back";
        Done: "Xong", "Done";
        ProgressLabel: "Tiến độ", "Progress";
        Progress: "Bước {} / {}", "Step {} of {}";
        Unit: "Đơn vị:", "Office:";
        UnknownUnit: "Mã đơn vị “{}” trong đường dẫn không có trong danh mục. Ông/Bà vẫn có thể trả lời; phiếu được ghi kèm mã này để cán bộ kiểm tra.",
            "The office code “{}” in the link is not on the list. You can still answer; your response is kept with this code for the staff to check.";
        IgnoredPart: "Phần “{}” của đường dẫn không dùng được và đã được bỏ qua.",
            "The part “{}” of the link cannot be used and was left out.";
        FactVoluntary: "Tự nguyện: Ông/Bà có thể bỏ qua câu hỏi hoặc dừng bất cứ lúc nào.",
            "It is voluntary: you can skip questions or stop at any time.";
        FactAnonymous: "Không hỏi họ tên, không hỏi số điện thoại.", "Your name and phone number are not asked.";
        FactKept: "Câu trả lời chỉ lưu trên máy này cho đến khi Ông/Bà xoá hoặc bàn giao cho cơ quan thực hiện khảo sát.",
            "Your answers stay on this device until you delete them or hand them to the office that runs the survey.";
        FactTouch: "Chạm vào một câu trả lời, câu tiếp theo sẽ tự hiện ra. Ông/Bà luôn có thể quay lại để sửa.",
            "Touch an answer and the next question appears. You can always go back and change it.";
        FactDraft: "Nếu dừng giữa chừng, Ông/Bà có thể trả lời tiếp trong {} giờ; sau đó phần trả lời dở được xoá.",
            "If you stop halfway, you can go on within {} hours; after that the unfinished answers are deleted.";
        DraftOver: "Phần trả lời dở trước đây đã quá hạn và đã được xoá.",
            "The answers you had begun were past their time and have been deleted.";
        PartlyTranslated: "Phiếu chưa được dịch hết; chỗ chưa dịch hiện bằng tiếng Việt.",
            "Not everything is translated; the rest is in Vietnamese.";
        ReadAloud: "Đọc to", "Read aloud";
        NoPersonalData: "Xin đừng ghi họ tên, số điện thoại hay thông tin riêng của ai.",
            "Please do not write names, phone numbers or anyone’s personal details.";
        ManyAllowed: "Có thể chọn nhiều câu trả lời.", "You can choose more than one.";
        PleaseSpecify: "Xin ghi rõ", "Please specify";
        Review: "Xem lại câu trả lời", "Check your answers";
        AllAnswered: "Ông/Bà đã trả lời tất cả các câu. Bấm “Gửi phiếu” để hoàn thành.",
            "You have answered every question. Press “Submit” to finish.";
        SomeUnanswered: "Còn {} câu chưa trả lời. Ông/Bà vẫn có thể gửi phiếu.",
            "Not answered: {}. You can submit all the same.";
        NotAnswered: "Chưa trả lời", "Not answered";
        Edit: "Sửa", "Change";
        EditWhat: "Sửa: {}", "Change: {}";
        Submit: "Gửi phiếu", "Submit";
        Storing: "Đang lưu phiếu…", "Saving…";
        Trial: "Bản xem thử: câu trả lời không được lưu.", "A trial: no answer is kept.";
        Thanks: "Cảm ơn Ông/Bà!", "Thank you!";
        Stored: "Phiếu trả lời đã được lưu trên máy này. Mã phiếu của Ông/Bà:",
            "Your response is saved on this device. Your receipt code:";
        ReceiptHint: "Mã này không gắn với danh tính. Ông/Bà có thể ghi lại nếu cần đối chiếu.",
            "The code is not linked to who you are. Note it down if you may want to refer to it.";
        Again: "Phiếu mới", "New response";
        Share: "Gửi hoặc tải tệp phiếu này", "Send or download this response";
        Delete: "Xoá phiếu này khỏi máy", "Delete this response from the device";
        DeleteSure: "Xoá phiếu này khỏi máy? Câu trả lời sẽ không được tính.",
            "Delete this response from the device? Its answers will not be counted.";
        Kept: "Phiếu đã lưu trên máy này", "Responses saved on this device";
        DeleteOne: "Xoá phiếu {}", "Delete response {}";
        Deleted: "Đã xoá phiếu", "The response is deleted";
        DeletedText: "Trên máy này không còn câu trả lời nào của phiếu vừa rồi.", "Nothing of that response is left on this device.";
        NotDeleted: "Chưa xoá được phiếu. Hãy thử lại.", "The response could not be deleted. Please try again.";
        Resumed: "Ông/Bà đang trả lời dở. Phiếu được mở lại đúng chỗ vừa dừng.",
            "You had begun to answer. The survey is open again where you left off.";
        StartOver: "Xoá và làm lại từ đầu", "Delete and start over";
        BlockedTitle: "Trình duyệt không cho lưu câu trả lời", "The browser does not allow answers to be saved";
        BlockedText: "Bộ nhớ của trang đang bị chặn, nên phiếu chưa thể bắt đầu. Hãy tắt chế độ ẩn danh hoặc cho phép trang này lưu dữ liệu, rồi tải lại trang.",
            "Storage is blocked for this page, so the survey cannot begin. Leave private browsing or allow this site to save data, then load the page again.";
        NotStoredTitle: "Chưa lưu được phiếu", "Your response is not saved yet";
        FullText: "Bộ nhớ của máy đã đầy. Các câu trả lời vẫn còn trên màn hình này: hãy báo cho cán bộ, hoặc giải phóng bộ nhớ rồi bấm “Thử lại”.",
            "The device has no room left. Your answers are still here: tell a member of staff, or free some space and press “Try again”.";
        FailedText: "Có lỗi khi ghi vào bộ nhớ của máy. Các câu trả lời vẫn còn trên màn hình này: hãy bấm “Thử lại”, nếu vẫn lỗi xin báo cho cán bộ.",
            "Writing to the device failed. Your answers are still here: press “Try again”, and tell a member of staff if it fails again.";
        TryAgain: "Thử lại", "Try again";
        Reload: "Tải lại trang", "Load again";
        UnknownSurveyTitle: "Không có phiếu khảo sát này", "There is no such survey";
        UnknownSurveyText: "Đường dẫn nhắc đến phiếu “{}”, nhưng phiếu này không có ở đây. Hãy kiểm tra lại đường dẫn hoặc mã QR, hoặc chọn một phiếu trong danh sách.",
            "The link names the survey “{}”, which is not available here. Check the link or the QR code, or choose a survey from the list.";
        ShowSurveys: "Xem danh sách phiếu", "Show the list of surveys";
        UnreachableTitle: "Không mở được phiếu", "The survey cannot be opened";
        UnreachableText: "Không tải được dữ liệu của phiếu. Hãy kiểm tra kết nối mạng rồi tải lại trang.",
            "The survey could not be loaded. Check the network connection and load the page again.";
        NoSurveys: "Chưa có phiếu khảo sát nào ở đây.", "There are no surveys here yet.";
        WhyRequired: "Vui lòng trả lời câu này để tiếp tục.", "Please answer this question to go on.";
        WhyUnspecified: "Vui lòng ghi rõ câu trả lời “khác”.", "Please say what your other answer is.";
        WhyNotANumber: "Vui lòng nhập một số nguyên, ví dụ 3.", "Please enter a whole number, for instance 3.";
        WhyTooSmall: "Số nhỏ nhất có thể nhập là {}.", "The smallest number allowed is {}.";
        WhyTooLarge: "Số lớn nhất có thể nhập là {}.", "The largest number allowed is {}.";
        WhyTooLong: "Vui lòng viết ngắn lại, tối đa {} ký tự.", "Please shorten this to at most {} characters.";
        WhyUnknown: "Vui lòng chọn lại câu trả lời.", "Please choose your answer again.";
    }
}

/// Why an answer is not acceptable, and what to do.
pub fn why(why: Why, language: &str) -> String {
    match why {
        Why::Required => Word::WhyRequired.say(language).to_owned(),
        Why::Unspecified => Word::WhyUnspecified.say(language).to_owned(),
        Why::NotANumber => Word::WhyNotANumber.say(language).to_owned(),
        Why::TooSmall(least) => fill(Word::WhyTooSmall.say(language), &[&least.to_string()]),
        Why::TooLarge(most) => fill(Word::WhyTooLarge.say(language), &[&most.to_string()]),
        Why::TooLong(most) => fill(Word::WhyTooLong.say(language), &[&most.to_string()]),
        Why::Unknown => Word::WhyUnknown.say(language).to_owned(),
    }
}
