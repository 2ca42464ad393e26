//! What is read on a device at a counter: by those who answer, and by staff.

use super::words;

words! {
    /// Texts of the kiosk's page.
    Word {
        Title: "Máy khảo sát tại quầy", "Survey device at the counter";
        Loading: "Đang mở…", "Opening…";
        Reload: "Tải lại trang", "Load again";
        // At rest and while answering.
        Promise: "Tự nguyện. Không hỏi họ tên, số điện thoại.", "Voluntary. No name or phone number is asked.";
        TouchToBegin: "Chạm để bắt đầu", "Touch to begin";
        CounterIs: "Quầy {}", "Counter {}";
        Staff: "Cán bộ", "Staff";
        CallStaff: "Xin báo cán bộ: máy này cần được kiểm tra.", "Please tell a member of staff: this device needs attention.";
        Closed: "Ngoài giờ làm việc.", "The office is closed.";
        ClosedUntil: "Ngoài giờ làm việc. Mở cửa lại lúc {} {}.", "The office is closed. It opens again at {} on {}.";
        ReadAloud: "Nghe đọc", "Read aloud";
        OnYourPhone: "Trả lời trên điện thoại của Ông/Bà", "Answer on your own phone";
        PhoneCode: "Mã QR mở phiếu khảo sát trên điện thoại", "QR code that opens the survey on a phone";
        Finished: "Tôi xong rồi", "I’m finished";
        ThanksText: "Ý kiến của Ông/Bà đã được ghi lại.", "Your answers have been saved.";
        Receipt: "Mã phiếu: {}", "Receipt code: {}";
        NextPerson: "Người tiếp theo", "Next person";
        RescuedText: "Máy này gần hết chỗ. Câu trả lời của Ông/Bà đang được giữ tạm trên máy; xin báo cán bộ giúp.",
            "This device is almost full. Your answers are kept on it for now; please tell a member of staff.";
        NotKeptText: "Máy này hết chỗ hoặc bị lỗi. Câu trả lời vẫn còn trên màn hình: xin gọi cán bộ, rồi bấm “Thử lại”.",
            "This device has no room left or has failed. Your answers are still on the screen: please call a member of staff, then press “Try again”.";
        StillThere: "Ông/Bà còn ở đây không?", "Are you still there?";
        StillThereText: "Chạm vào màn hình để trả lời tiếp. Nếu không, màn hình sẽ trở về đầu cho người sau.",
            "Touch the screen to go on. Otherwise it goes back to the beginning for the next person.";
        StillHere: "Tôi vẫn ở đây", "I’m still here";
        // The page cannot run.
        ElsewhereTitle: "Máy này đang chạy ở một thẻ khác", "The kiosk is open in another tab";
        ElsewhereText: "Mỗi thiết bị chỉ chạy một màn hình khảo sát, để phiếu của người này không lẫn với người khác. Đóng thẻ kia thì thẻ này sẽ tự chạy.",
            "A device runs one survey screen only, so that one person’s form is never taken for another’s. Close the other tab and this one takes its place by itself.";
        BlockedTitle: "Trình duyệt không cho lưu câu trả lời", "The browser does not allow answers to be saved";
        BlockedText: "Bộ nhớ của trang đang bị chặn hoặc bị lỗi, nên máy chưa thể nhận phiếu. Hãy tắt chế độ ẩn danh, cho phép trang này lưu dữ liệu, rồi tải lại trang.",
            "Storage is blocked for this page or has failed, so no answers can be taken. Leave private browsing, allow this site to save data, then load the page again.";
        NoSurveyTitle: "Chưa mở được phiếu khảo sát", "The survey cannot be opened";
        NoSurveyText: "Không có phiếu “{}” trên trang này. Hãy chọn phiếu khác trong phần cài đặt.",
            "There is no survey “{}” on this site. Choose another one in the settings.";
        UnreachableText: "Không tải được phiếu “{}”. Hãy kiểm tra kết nối mạng rồi tải lại trang; các phiếu đã thu vẫn còn trên máy.",
            "The survey “{}” could not be loaded. Check the network connection and load the page again; the responses already collected are still on the device.";
        // PIN.
        EnterPin: "Nhập mã PIN", "Enter the PIN";
        PinLength: "Đã nhập {} chữ số", "{} digits entered";
        Erase: "Xoá một chữ số", "Delete one digit";
        Cancel: "Thôi", "Cancel";
        WrongPin: "PIN không đúng. Còn {} lần thử trước khi phải chờ.", "Wrong PIN. Tries left before a pause: {}.";
        PinPause: "Đã nhập sai nhiều lần. Thử lại sau {} giây.", "Too many wrong tries. Try again in {} seconds.";
        // Staff.
        StaffTitle: "Dành cho cán bộ", "For staff";
        BackToKiosk: "Trở về màn hình khảo sát", "Back to the survey";
        ChangeSettings: "Đổi cài đặt", "Change the settings";
        LeaveKiosk: "Thoát khỏi chế độ quầy", "Leave the kiosk";
        Today: "Hôm nay", "Today";
        ThisWeek: "Tuần này", "This week";
        NotExported: "Chưa xuất ra tệp", "Not exported yet";
        OnDevice: "Tất cả trên máy", "All on this device";
        LastAnswer: "Phiếu gần nhất: {}.", "Last response: {}.";
        NoneYet: "chưa có", "none yet";
        AbandonedAndFlagged: "Trong số đó: {} phiếu bỏ dở, {} phiếu nghi do nghịch màn hình (không tính).",
            "Of all: {} abandoned, {} that look like play (not counted).";
        IgnoredTouches: "Từ lúc mở máy đã bỏ qua: {} đợt gõ liên tục, {} lần giữ tay quá lâu.",
            "Not taken since the start: {} bursts of drumming, {} touches held too long.";
        Files: "Xuất phiếu ra tệp", "Export responses";
        FilesHint: "Xuất tệp không xoá phiếu nào trên máy. Tệp CSV mở được bằng trang dành cho cán bộ và bằng Excel.",
            "Exporting deletes nothing from the device. The CSV file opens in the office page and in Excel.";
        ExportNew: "Xuất phiếu mới ({})", "Export new ones ({})";
        ExportAll: "Xuất tất cả ({})", "Export all ({})";
        DeleteExported: "Xoá phiếu đã xuất ({})", "Delete exported ones ({})";
        AreSaved: "Tệp đã được lưu chưa?", "Has the file been saved?";
        AreSavedText: "Hãy tìm tệp {} trong thư mục tải xuống hoặc trên USB. Chỉ khi chắc chắn đã có tệp, các phiếu này mới được đánh dấu là đã xuất.",
            "Look for {} among the downloads or on the USB stick. The responses are marked as exported only once you are sure the file is there.";
        Saved: "Đã có tệp", "The file is there";
        NotSaved: "Chưa có", "Not yet";
        ExportNoted: "Đã ghi nhận lần xuất tệp.", "The export has been noted.";
        DeleteTitle: "Xoá vĩnh viễn khỏi máy này?", "Delete from this device for good?";
        DeleteText: "{} phiếu đã xuất sẽ bị xoá khỏi máy và không thể khôi phục. Hãy chắc chắn các tệp đã được sao lưu. Máy giữ lại biên nhận của lần xoá.",
            "Exported responses to be deleted from this device: {}. This cannot be undone, so make sure the files are backed up. A receipt of the deletion stays.";
        DeleteForGood: "Xoá vĩnh viễn", "Delete for good";
        Deleted: "Đã xoá và lưu biên nhận.", "Deleted; the receipt is below.";
        Receipts: "Các lần xuất và xoá", "Exports and deletions";
        ReceiptAt: "Lúc", "When";
        ReceiptAct: "Việc", "What";
        ReceiptCount: "Số phiếu", "Responses";
        ReceiptDays: "Phiếu từ ngày – đến ngày", "Responses from – to";
        ReceiptFile: "Tệp", "File";
        ActExported: "Xuất tệp", "Exported";
        ActDeleted: "Xoá", "Deleted";
        ActLost: "Trình duyệt đã xoá", "Deleted by the browser";
        ActRestored: "Khôi phục từ bản sao", "Restored from copies";
        AboutDevice: "Máy này", "This device";
        DeviceName: "Mã máy", "Device code";
        Storage: "Bộ nhớ", "Storage";
        UsedOf: "đã dùng {}; trình duyệt cho thêm đến {}", "{} used; the browser allows up to {} more";
        Persistent: "Trình duyệt cam kết không tự xoá", "The browser promises not to delete by itself";
        StaysAwake: "Giữ màn hình sáng", "Screen kept awake";
        Version: "Phiên bản", "Version";
        WorksOffline: "Chạy được khi mất mạng", "Works without a network";
        Yes: "Có", "Yes";
        No: "Không", "No";
        Unknown: "Trình duyệt không cho biết", "The browser does not say";
        OtherDevices: "Cài đặt máy khác giống máy này", "Set up other devices like this one";
        OtherDevicesText: "Quét mã này, mở đường dẫn hoặc nạp tệp cài đặt trên máy khác, rồi sửa quầy cho đúng. Mã và tệp có chứa dạng băm của PIN: không đưa cho người ngoài.",
            "Scan the code, open the link or load the file on another device, then put in its own counter. They contain a hash of the PIN: do not hand them to outsiders.";
        SettingsCode: "Mã QR của cài đặt", "QR code of the settings";
        SaveSettings: "Lưu tệp cài đặt", "Save the settings as a file";
        Restored: "Trình duyệt đã làm mất dữ liệu của trang; {} phiếu chưa xuất đã được khôi phục từ bản sao trên máy này. Hãy xuất tệp thường xuyên.",
            "The browser lost this page’s data; responses in no file yet that were restored from their copies on this device: {}. Export often.";
        Evicted: "Trình duyệt đã xoá dữ liệu của trang. Khoảng {} phiếu chưa xuất có thể đã mất. Hãy xuất tệp thường xuyên và cài trang như ứng dụng để trình duyệt giữ dữ liệu.",
            "The browser has deleted this page’s data. About {} responses that were not exported may be lost. Export often, and install the page as an app so that the browser keeps its data.";
        NoRoom: "Bộ nhớ đã đầy: {} phiếu đang được giữ tạm ở chỗ khác. Hãy xuất tất cả, sao lưu tệp, rồi xoá phiếu đã xuất.",
            "Storage is full: {} responses are kept in a makeshift place. Export all, back up the file, then delete the exported ones.";
        WritingFailed: "Ghi vào bộ nhớ không được. Hãy xuất tất cả phiếu ngay, rồi khởi động lại máy.",
            "Writing to storage failed. Export all responses now, then restart the device.";
        Unreadable: "{} bản ghi trên máy không đọc được và không có trong tệp xuất.",
            "Records on the device that cannot be read, and are not in exports: {}.";
        NotSecure: "Trang mở bằng địa chỉ không phải https: không chạy được khi mất mạng, không giữ được màn hình sáng, không nhận ra thẻ thứ hai. Hãy dùng https.",
            "The page’s address is not https: it cannot work without a network, keep the screen awake or notice a second tab. Use https.";
        NoLocks: "Trình duyệt này không nhận ra được thẻ thứ hai: chỉ mở một thẻ.",
            "This browser cannot notice a second tab: open one only.";
        MaybePrivate: "Trang đang mở ở chế độ ẩn danh: mọi phiếu mất khi đóng cửa sổ. Hãy mở trang trong cửa sổ thường.",
            "This is a private window: every response is lost when it closes. Open the page in a normal window.";
        NotProven: "Chưa chắc dữ liệu còn lại sau khi đóng trình duyệt: trong chế độ ẩn danh mọi phiếu sẽ mất. Hãy đóng hẳn trình duyệt một lần, mở lại trang này và xem cảnh báo có còn không.",
            "It is not certain yet that the data outlive the browser: in a private window every response is lost. Close the browser completely once, open this page again and see whether this warning is gone.";
        Survived: "Dữ liệu còn nguyên sau khi đóng trình duyệt", "Data have outlived a restart of the browser";
        NotPersistent: "Trình duyệt chưa cam kết giữ dữ liệu: khi thiếu chỗ nó có thể tự xoá. Hãy cài trang như ứng dụng hoặc lưu dấu trang, và xuất tệp hằng ngày.",
            "The browser has not promised to keep the data: short of room, it may delete them. Install the page as an app or bookmark it, and export every day.";
        NoPin: "Chưa có PIN: ai cũng mở được phần này.", "There is no PIN: anyone can open this view.";
        // Settings.
        SetUpTitle: "Cài đặt máy tại quầy", "Set up this device";
        SetUpText: "Chọn phiếu, đơn vị và quầy, đặt PIN, rồi bắt đầu. Mọi thứ khác có thể để nguyên.",
            "Choose the survey, the office and the counter, set a PIN, and begin. Everything else can stay as it is.";
        LoadSettings: "Hoặc nạp tệp cài đặt của máy khác", "Or load the settings of another device";
        IgnoredPart: "Phần “{}” của đường dẫn không dùng được và đã được bỏ qua.",
            "The part “{}” of the link cannot be used and was left out.";
        Survey: "Phiếu khảo sát", "Survey";
        ChooseOne: "– chọn –", "– choose –";
        Unit: "Đơn vị", "Office";
        Remove: "Bỏ", "Remove";
        Counter: "Quầy", "Counter";
        CounterHint: "Chữ cái không dấu, chữ số, dấu - . _; ví dụ: 3 hoặc dat-dai-1.",
            "Letters, digits and - . _ only; for instance 3 or dat-dai-1.";
        Fields: "Lĩnh vực thủ tục", "Field of procedure";
        FieldsHint: "Chọn một: không hỏi nữa. Chọn nhiều: người dân chọn trong số đó. Không chọn: hỏi như trong phiếu.",
            "One: it is not asked. Several: people choose among them. None: asked as the survey does.";
        NoField: "– không ghi –", "– not recorded –";
        Officer: "Mã cán bộ", "Staff code";
        OfficerHint: "Để trống nếu không cần. Không ghi họ tên.", "Leave empty if not needed. No names.";
        Languages: "Ngôn ngữ", "Languages";
        LanguagesHint: "Không chọn: tất cả ngôn ngữ của phiếu.", "None: all languages of the survey.";
        Idle: "Hỏi “còn ở đây không” sau bao nhiêu giây không chạm ({}–{})", "Seconds without a touch before “are you still there” ({}–{})";
        Countdown: "Số giây đếm ngược sau đó ({}–{}); nên từ 20 trở lên", "Seconds counted down then ({}–{}); 20 or more is advised";
        Pause: "Số giây ít nhất giữa hai lượt đánh giá ({}–{})", "Least seconds between two ratings ({}–{})";
        HasHours: "Có giờ làm việc; ngoài giờ màn hình tối đi", "Has opening hours; outside of them the screen is dimmed";
        Opens: "Mở cửa", "Opens";
        Closes: "Đóng cửa", "Closes";
        Speech: "Có nút đọc câu hỏi thành tiếng (khi trình duyệt có giọng đọc)", "Offer to read questions aloud, where the browser has a voice";
        FullScreen: "Toàn màn hình khi chạm lần đầu", "Full screen at the first touch";
        PhoneSwitch: "Hiện mã QR để trả lời trên điện thoại", "Show a QR code for answering on one’s own phone";
        PhoneAddress: "Địa chỉ của trang khảo sát cho điện thoại", "Address of the survey site for phones";
        PhoneAddressHint: "Ví dụ: https://khaosat.example.gov.vn/", "For instance https://survey.example.gov.vn/";
        More: "Cài đặt thêm", "More settings";
        Pin: "PIN (4 đến 8 chữ số)", "PIN (4 to 8 digits)";
        PinHint: "Giữ phần cài đặt và xuất tệp khỏi tay người qua lại. Để trống: không có PIN.",
            "Keeps passers-by out of settings and exports. Leave empty for none.";
        PinKeptHint: "Để trống: giữ PIN đã có.", "Leave empty to keep the PIN there is.";
        PinAgain: "Nhập lại PIN", "The PIN again";
        PinAgainHint: "Ghi PIN vào sổ của đơn vị: quên PIN thì không mở được phần này.",
            "Write it down at the office: without it this view cannot be opened.";
        OldPin: "PIN hiện tại", "Current PIN";
        OldPinHint: "Máy này đã được cài đặt; cần PIN để đổi.", "This device is set up already; its PIN is needed to change that.";
        SaveAndBegin: "Lưu và bắt đầu", "Save and begin";
        NeedsSurvey: "Chọn một phiếu khảo sát.", "Choose a survey.";
        SurveyNotHere: "Phiếu đã chọn chưa tải xong. Chờ một chút rồi bấm lại; nếu vẫn vậy, kiểm tra kết nối mạng.",
            "The chosen survey has not arrived yet. Wait a moment and try again; if that does not help, check the network.";
        BadPin: "PIN phải có từ 4 đến 8 chữ số.", "A PIN has 4 to 8 digits.";
        PinsDiffer: "Hai lần nhập PIN khác nhau.", "The two PINs differ.";
        BadValue: "{}: chỉ dùng chữ cái không dấu, chữ số, dấu - . _ (nhiều nhất 40 ký tự).", "{}: only letters, digits and - . _ (at most 40).";
        BadRange: "Ngoài giới hạn: {}.", "Out of bounds: {}.";
        BadHours: "Giờ làm việc: giờ đóng cửa phải sau giờ mở cửa, và chọn ít nhất một ngày.",
            "Opening hours: they must end after they begin, on one day at least.";
        BadLanguage: "Phiếu không có ngôn ngữ “{}”.", "The survey has no language “{}”.";
        BadField: "Phiếu không có lĩnh vực “{}”.", "The survey does not know the field “{}”.";
        ManyFields: "Phiếu này không hỏi lĩnh vực, nên chỉ đặt được một lĩnh vực.", "This survey does not ask for the field, so only one can be set.";
        BadCounter: "Phiếu không có quầy “{}”.", "The survey does not know the counter “{}”.";
        BadPhone: "Địa chỉ cho điện thoại phải bắt đầu bằng https:// hoặc http:// và không có dấu cách.",
            "The address for phones must begin with https:// or http:// and have no spaces.";
        NoSettingsFile: "{}, dòng {}, cột {}: không phải tệp cài đặt dùng được ({}). Hãy lưu lại tệp từ phần cán bộ của một máy đã cài đặt.",
            "{}, line {}, column {}: no usable settings ({}). Save the file again from the staff view of a device that is set up.";
    }
}

impl Word {
    /// The label of a setting, by its key.
    pub fn of_key(key: &str) -> Word {
        match key {
            "unit" => Word::Unit,
            "counter" => Word::Counter,
            "fields" => Word::Fields,
            "officer" => Word::Officer,
            "idle" => Word::Idle,
            "countdown" => Word::Countdown,
            _ => Word::Pause,
        }
    }
}

/// A day of the week, 1 for Monday to 7 for Sunday.
pub fn weekday(day: u32, language: &str) -> &'static str {
    const VIETNAMESE: [&str; 7] = ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"];
    const ENGLISH: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let at = day.saturating_sub(1).min(6) as usize;
    if language == "en" { ENGLISH[at] } else { VIETNAMESE[at] }
}
