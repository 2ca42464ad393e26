//! What an official reads around the figures.

use super::words;

words! {
    /// Texts of the office page.
    Word {
        AppTitle: "sipas-kit · Kết quả khảo sát", "sipas-kit · Survey results";
        TabResults: "Kết quả", "Results";
        TabDefinitions: "Biểu mẫu", "Definitions";
        Tabs: "Các phần của trang", "Parts of the page";
        Definitions: "Biểu mẫu", "Definitions";
        OpenToml: "Mở tệp biểu mẫu (.toml)", "Open a definition file (.toml)";
        DefinitionsKept: "Biểu mẫu dùng trên máy này chỉ nằm trong trình duyệt này: hãy giữ tệp .toml. Để mọi máy dùng được, người quản trị trang đặt tệp vào thư mục biểu mẫu.",
            "A definition used on this device is kept in this browser only: keep the .toml file. For all devices, whoever runs the site puts the file among its definitions.";
        OnThisDevice: "trên máy này", "on this device";
        OfTheSite: "của trang", "of the site";
        OpenForm: "Mở phiếu", "Open the form";
        OpenCopy: "Sửa một bản sao", "Edit a copy";
        Forget: "Thôi dùng trên máy này", "Stop using it here";
        BenchTitle: "Soạn và kiểm tra biểu mẫu", "Write and check a definition";
        BenchText: "Mỗi lỗi chỉ đúng dòng và cách sửa. Bên cạnh là phiếu như người dân sẽ thấy.",
            "Every mistake names its line and how to mend it. Beside it is the form as people will see it.";
        BenchEmptyTitle: "Chưa mở biểu mẫu nào", "No definition is open";
        BenchEmptyText: "Kéo thả một tệp .toml vào trang này, hoặc chọn “Sửa một bản sao” ở một biểu mẫu có sẵn để bắt đầu từ đó.",
            "Drop a .toml file on this page, or choose “Edit a copy” of one that is there to begin from it.";
        UseHere: "Dùng trên máy này", "Use on this device";
        SaveToml: "Lưu tệp .toml", "Save the .toml file";
        SaveJson: "Tải bản biên dịch (.json)", "Download compiled (.json)";
        EditOwn: "Sửa", "Edit";
        ReplaceUnsaved: "Nội dung đang viết trong “{}” chưa được lưu thành tệp. Thay bằng nội dung khác?",
            "The text in “{}” has not been saved as a file. Replace it?";
        SameEdition: "Đã có biểu mẫu cùng mã và cùng phiên bản nhưng nội dung khác. Hãy đổi `edition`, nếu không phiếu của hai nội dung sẽ bị cộng chung.",
            "There is a definition with this id and edition and other contents. Change `edition`, or answers to both will be added up.";
        InPlaceOfTheSites: "Mã này là của một biểu mẫu của trang: trên máy này, biểu mẫu đang mở sẽ thay cho nó. Muốn có thêm một khảo sát, hãy đổi `id`.",
            "This id is one of the site's: on this device the definition will stand in its place. For a survey of its own, change `id`.";
        ForgetAnswered: "Trên máy này có {} phiếu của biểu mẫu này. Khi thôi dùng, phiếu vẫn được giữ nhưng không xem, không tính, không xuất được cho đến khi dùng lại biểu mẫu. Hãy xuất phiếu và lưu tệp .toml trước. Vẫn thôi dùng?",
            "Responses to it on this device: {}. They are kept, but cannot be seen, counted or exported until the definition is used again. Export them and save the .toml file first. Stop using it all the same?";
        UnreadDefinition: "Thuộc phiên bản khác của bộ công cụ: không đọc được ở đây.", "Of another version of the kit: it cannot be read here.";
        CloseFile: "Đóng tệp", "Close the file";
        NowUsed: "Biểu mẫu này nay được dùng trên máy này.", "This definition is now used on this device.";
        NotKept: "Trình duyệt không giữ được biểu mẫu: bộ nhớ đầy hoặc bị chặn. Hãy lưu tệp .toml.",
            "The browser could not keep the definition: its storage is full or blocked. Save the .toml file.";
        TomlUnreadable: "Không đọc được tệp này.", "This file could not be read.";
        Sound: "Không có lỗi, không có cảnh báo", "No errors, no warnings";
        ErrorsAndWarnings: "{} lỗi, {} cảnh báo", "Errors: {}, warnings: {}";
        Error: "Lỗi", "Error";
        Warning: "Cảnh báo", "Warning";
        At: "dòng {}, cột {}", "line {}, column {}";
        Preview: "Xem thử", "Preview";
        NoPreview: "Sửa các lỗi để xem thử.", "Mend the errors to see the form.";
        PreviewStale: "Còn lỗi: bản xem thử là của lần không có lỗi gần nhất.", "There are errors: the preview is of the last text without any.";
        Loading: "Đang mở…", "Opening…";
        Survey: "Phiếu khảo sát", "Survey";
        Data: "Dữ liệu", "Data";
        Import: "Nhập tệp CSV", "Import CSV files";
        ImportHint: "Kéo thả tệp vào đây hoặc bấm để chọn", "Drop files here or press to choose";
        ThisDevice: "Phiếu trên máy này", "On this device";
        Responses: "Phiếu", "Responses";
        OtherEdition: "{} phiếu khác trên máy này thuộc phiên bản khác của phiếu khảo sát: vẫn được giữ nhưng không được tính ở đây.",
            "Responses to another edition on this device: {}. They are kept, and not counted here.";
        UnreadableRecords: "{} bản ghi trên máy này không đọc được: vẫn được giữ nguyên; hãy báo cho người quản trị.",
            "Records on this device that cannot be read: {}. They are left as they are; tell whoever runs the site.";
        Rows: "Đọc", "Read";
        Used: "Đã tính", "Used";
        Duplicates: "Trùng", "Duplicate";
        SetAside: "Không tính", "Set aside";
        Warnings: "Lưu ý", "Notes";
        Remove: "Bỏ", "Remove";
        RemoveWhat: "Bỏ tệp {}", "Remove the file {}";
        Problems: "{} vấn đề cần kiểm tra", "Things to look at: {}";
        Line: "Dòng", "Line";
        Column: "Cột", "Column";
        Problem: "Vấn đề và cách xử lý", "What is wrong and what to do";
        MoreProblems: "… và {} vấn đề khác.", "… and {} more.";
        KeptInTab: "Tệp đã nhập chỉ nằm trong trang này và mất khi đóng trang. Không dữ liệu nào rời khỏi máy.",
            "Imported files stay in this page only and are gone when it closes. No data leaves this computer.";
        Export: "Xuất dữ liệu", "Export";
        ExportResults: "Bảng kết quả (Excel)", "Results table (Excel)";
        ExportResultsMachine: "Bảng kết quả (CSV cho phần mềm)", "Results table (CSV for programs)";
        ExportResponses: "Phiếu trả lời (Excel)", "Responses (Excel)";
        ExportResponsesMachine: "Phiếu trả lời (CSV cho phần mềm)", "Responses (CSV for programs)";
        Summary: "{} phiếu · {} – {}", "Responses: {} · {} – {}";
        Generated: "{} phiếu là dữ liệu mẫu do máy sinh ra: các con số dưới đây không nói gì về thực tế.",
            "Generated samples among the responses: {}. The figures below say nothing about reality.";
        SetAsideNote: "{} dòng không được tính vì có lỗi. Xem danh sách ở phần Dữ liệu.",
            "Rows set aside because of errors, and not counted: {}. See the list under Data.";
        UnknownUnits: "Mã đơn vị không có trong danh mục: {}.", "Office codes that are not on the list: {}.";
        EmptyTitle: "Chưa có phiếu nào", "No responses yet";
        EmptyText: "Nhập tệp CSV do các điểm khảo sát gửi về, hoặc trả lời một phiếu trên máy này. Dữ liệu chỉ được xử lý trên máy này.",
            "Import the CSV files that the survey points sent, or answer a survey on this device. All data is processed on this computer only.";
        OpenSurvey: "Mở phiếu để trả lời", "Open the survey to answer it";
        Target: "Chỉ tiêu", "Target";
        AtLeast: "Chỉ tiêu ≥ {}", "Target ≥ {}";
        Period: "giai đoạn {}–{}", "period {}–{}";
        People: "{} người trả lời", "Respondents: {}";
        Counts: "{} hài lòng / {} lượt trả lời", "{} satisfied of {} answers";
        Met: "Đạt", "Met";
        NotMet: "Chưa đạt", "Not met";
        NoData: "Chưa có dữ liệu", "No data";
        TableCaption: "Kết quả theo phần, yếu tố và nội dung", "Results by part, factor and item";
        Content: "Nội dung", "Content";
        Overall: "Chung toàn phiếu", "Overall";
        Respondents: "Số người trả lời", "Respondents";
        Answers: "Số lượt trả lời", "Answers";
        Satisfied: "Số lượt hài lòng", "Satisfied";
        Percent: "Tỷ lệ hài lòng", "Satisfied share";
        Result: "Kết quả", "Verdict";
        MeanOver5: "Điểm trung bình / 5", "Mean / 5";
        MeanMinus1Over4: "(Điểm trung bình − 1) / 4", "(Mean − 1) / 4";
        RespondentTop2: "Người trả lời hài lòng", "Satisfied respondents";
        AllSatisfied: "Hài lòng toàn diện", "Satisfied throughout";
        MeanScore: "Điểm trung bình", "Mean score";
        Top2MeanOfItems: "Bình quân tỷ lệ các nội dung", "Mean of the items' shares";
        MeanOfFactors: "Bình quân tỷ lệ các yếu tố", "Mean of the factors' shares";
        NineIndicators: "Tổng điểm 9 chỉ số", "Sum of nine indicators";
        Top2MeanOfItemsIs: "bình quân cộng các tỷ lệ hài lòng của từng nội dung, mỗi nội dung có trọng số như nhau.",
            "the mean of the items' own satisfied shares, each item weighing the same.";
        MeanOfFactorsIs: "bình quân cộng các tỷ lệ hài lòng của từng yếu tố, mỗi yếu tố có trọng số như nhau.",
            "the mean of the factors' satisfied shares, each factor weighing the same.";
        NineIndicatorsIs: "tổng điểm trung bình của 9 chỉ số, mỗi chỉ số 0–2 điểm. Xuất sắc từ 15, Tốt từ 12, Khá từ 9, Trung bình từ 6, dưới 6 là Yếu.",
            "the sum of the mean points of nine indicators of 0 to 2 points. Excellent from 15, good from 12, fair from 9, average from 6, weak below.";
        Top2PooledIs: "số lượt chọn mức hài lòng chia cho tổng số lượt trả lời hợp lệ, gộp các nội dung.",
            "answers at satisfied levels divided by all valid answers, pooled over items.";
        MeanOver5Is: "điểm trung bình của các lượt trả lời hợp lệ chia cho 5 điểm của mức cao nhất.",
            "mean points of all valid answers divided by the 5 points of the best level.";
        MeanMinus1Over4Is: "(điểm trung bình − 1) chia cho 4: mọi người chọn mức thấp nhất là 0%, mức cao nhất là 100%.",
            "(mean points − 1) divided by 4: 0% where everyone chose the lowest level, 100% where all chose the best.";
        RespondentTop2Is: "số người có điểm trung bình của mình từ 4 trở lên chia cho số người trả lời.",
            "respondents whose own mean is 4 points or more, divided by all respondents.";
        AllSatisfiedIs: "số người hài lòng ở mọi nội dung họ trả lời chia cho số người trả lời.",
            "respondents who are satisfied with every item they answered, divided by all respondents.";
        MeanScoreIs: "tổng điểm chia cho số lượt trả lời hợp lệ.", "points divided by valid answers.";
        Rounding: "Làm tròn hai chữ số; so với chỉ tiêu trên số đếm, không trên số đã làm tròn. Câu không trả lời, không có ý kiến, không áp dụng không vào tử số hay mẫu số.",
            "Rounded to two decimals; compared with the target on the counts, not on the rounded figure. Items not answered, without an opinion or not applicable enter neither numerator nor denominator.";
        HowMade: "Cách tính và nguồn", "How it was computed, and sources";
        Figures: "Số liệu theo từng câu hỏi", "Figures about single questions";
        OfRespondents: "trên {} người trả lời câu này", "of {} who answered this question";
        Answer: "Phương án", "Answer";
        Part: "Tỷ lệ", "Share";
        OtherCounts: "{} / {} (tử số / mẫu số)", "{} / {} (numerator / denominator)";
        EditionPeriod: "Phiên bản {} áp dụng từ {} đến {}.", "Edition {}, for use from {} to {}.";
        Transcription: "Về lời văn: {}", "On the wording: {}";
        Source: "Nguồn: {}", "Source: {}";
        OtherSurvey: "Tệp “{}” là phiếu của khảo sát “{}”: đã nhập và chuyển sang khảo sát đó.",
            "The file “{}” holds responses to the survey “{}”: it was imported and that survey is shown now.";
        UnknownSurvey: "Không nhập được tệp “{}”: khảo sát “{}” không có ở đây.",
            "The file “{}” was not imported: the survey “{}” is not available here.";
        NotResponses: "Không nhập được tệp “{}”: đây không phải tệp phiếu trả lời của bộ công cụ này. Hãy chọn tệp CSV có các cột response_id, survey, edition, …",
            "The file “{}” was not imported: it is not a response file of this kit. Choose a CSV file with the columns response_id, survey, edition, …";
        ResultsFile: "Không nhập được tệp “{}”: đây là bảng kết quả đã tính, không phải phiếu trả lời. Hãy chọn tệp phiếu trả lời.",
            "The file “{}” was not imported: it is a table of results, not of responses. Choose a response file.";
        Utf16: "Không nhập được tệp “{}”: tệp dùng mã Unicode UTF-16. Trong Excel, hãy lưu lại với kiểu “CSV UTF-8 (phân tách bằng dấu phẩy)”.",
            "The file “{}” was not imported: it is in UTF-16. In Excel, save it as “CSV UTF-8 (Comma delimited)”.";
        TargetOver: "Chưa có chỉ tiêu cho thời gian của các phiếu này: so với chỉ tiêu gần nhất trước đó.",
            "No target covers the time of these responses: they are compared with the last one before.";
        Unreadable: "Không đọc được tệp “{}”. Hãy đóng tệp trong chương trình khác rồi thử lại.",
            "The file “{}” could not be read. Close it in other programs and try again.";
        Unreachable: "Không tải được dữ liệu của trang. Hãy kiểm tra kết nối rồi tải lại.",
            "The page's data could not be loaded. Check the connection and load it again.";
        DeviceBlocked: "Trình duyệt chặn bộ nhớ của trang: không xem được phiếu trên máy này. Vẫn nhập được tệp.",
            "The browser blocks storage for this page: responses on this device cannot be shown. Files can still be imported.";
    }
}
