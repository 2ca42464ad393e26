//! What stands on the sheets for counters, and around their making.

use super::words;

words! {
    /// Texts of the sheets and of the screen they are made on.
    Word {
        Tab: "Tờ mã QR", "QR sheets";
        Title: "Tờ mã QR đặt tại quầy", "QR sheets for counters";
        Intro: "Mỗi quầy một tờ A5. Người dân quét mã, phiếu mở ra trên điện thoại với đơn vị, lĩnh vực và quầy đã điền sẵn.",
            "One A5 sheet a counter. People scan the code, and the survey opens on their phone with office, field and counter filled in.";
        StaysThere: "Bộ công cụ không gửi phiếu qua mạng: câu trả lời nằm trên điện thoại của người trả lời cho đến khi được xuất thành tệp. Chỉ đặt mã QR khi đã có cách thu các tệp đó.",
            "The kit sends nothing over the network: answers stay on the phone they were given on until they are exported as a file. Put QR codes up only where there is a way to collect these files.";
        Survey: "Phiếu khảo sát", "Survey";
        Issuer: "Cơ quan thực hiện khảo sát", "Who runs the survey";
        IssuerHint: "In ở đầu tờ. Để trống: theo biểu mẫu (“{}”).", "Printed at the top. Empty: as the definition says (“{}”).";
        Fields: "Lĩnh vực thủ tục", "Fields of procedure";
        FieldsHint: "Mỗi lĩnh vực được chọn có tờ riêng. Không chọn: không ghi vào mã.", "Each chosen field has sheets of its own. None: the code does not say.";
        Counters: "Quầy", "Counters";
        CountersHint: "Một hoặc nhiều, cách nhau bằng dấu phẩy hoặc xuống dòng; ví dụ: 1, 2, dat-dai-3. Chữ cái không dấu, chữ số, dấu - . _",
            "One or several, separated by commas or lines; for instance 1, 2, dat-dai-3. Letters, digits and - . _ only.";
        Channel: "Ghi vào phiếu là thu bằng", "Recorded with the response as";
        ChannelQr: "Mã QR (qr)", "QR code (qr)";
        ChannelPhone: "Điện thoại cá nhân (phone)", "Own phone (phone)";
        ChannelNone: "– không ghi –", "– not recorded –";
        Minutes: "Trả lời mất khoảng bao nhiêu phút", "How many minutes it takes, about";
        MinutesHint: "Ước tính theo số câu hỏi. Hãy thử trả lời và sửa cho đúng.", "A guess by the number of questions: try it and put the right number.";
        MinutesNoNumber: "Số phút là một số từ 1 đến 99.", "Minutes are a number from 1 to 99.";
        Site: "Địa chỉ trang khảo sát", "Address of the survey site";
        SiteHint: "Địa chỉ mà điện thoại của người dân mở được.", "The one that people’s phones can open.";
        SiteIsLocal: "Địa chỉ này chỉ mở được trên chính máy này. Hãy ghi địa chỉ mà điện thoại mở được, ví dụ https://khaosat.example.gov.vn/.",
            "This address opens on this computer only. Put the one that phones can open, for instance https://survey.example.gov.vn/.";
        BadSite: "Địa chỉ trang khảo sát phải bắt đầu bằng https:// hoặc http:// và không có dấu cách.",
            "The address of the survey site must begin with https:// or http:// and have no spaces.";
        BadCounter: "Quầy “{}”: chỉ dùng chữ cái không dấu, chữ số, dấu - . _ (nhiều nhất 40 ký tự).",
            "Counter “{}”: only letters without marks, digits and - . _ (at most 40).";
        UnknownCounter: "Phiếu này không có quầy “{}”.", "This survey does not know the counter “{}”.";
        TooMany: "{} tờ một lần là quá nhiều: hãy in từng phần, mỗi lần nhiều nhất {}.", "{} sheets at once are too many: print them in parts of at most {}.";
        Preview: "Xem trước: {} tờ A5", "Preview, A5 sheets: {}";
        NoPreview: "Chưa có tờ nào: hãy sửa những điều ghi ở trên.", "No sheets yet: mend what is named above.";
        Print: "In, hoặc lưu thành PDF", "Print, or save as PDF";
        PrintHint: "Khổ giấy A5, tỷ lệ 100 %. In đen trắng là đủ.", "Paper A5, scale 100 %. Black and white will do.";
        // On the sheet, in both languages at once.
        SheetOf: "Tờ {} / {}", "Sheet {} of {}";
        Counter: "Quầy {}", "Counter {}";
        HowScan: "Quét mã bằng máy ảnh của điện thoại.", "Scan the code with your phone’s camera.";
        HowLong: "Trả lời mất khoảng {} phút.", "Answering takes about {} min.";
        HowFree: "Tự nguyện, không hỏi họ tên; có thể dừng bất cứ lúc nào.", "Voluntary, no name asked; you can stop at any time.";
        OrOpen: "Hoặc mở đường dẫn", "Or open this link";
        Code: "Mã QR của đường dẫn {}", "QR code of the link {}";
    }
}
