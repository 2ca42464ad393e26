//! What an official reads around the figures.

use super::words;
use crate::quality::Mark;
use crate::survey::method::Formula;

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
        Version: "Phiên bản {}", "Version {}";
        OfflineReady: "Mở được cả khi mất mạng", "Opens without a network, too";
        OfflineNotReady: "Chỉ mở được khi có mạng", "Opens with a network only";
        NewVersion: "Đã tải xong phiên bản mới {}.", "The new version {} is here.";
        TakeNewVersion: "Dùng ngay (tệp chưa được giữ trên máy phải nhập lại)", "Use it now (files that are not kept have to be imported again)";
        Survey: "Phiếu khảo sát", "Survey";
        Data: "Dữ liệu", "Data";
        Import: "Nhập tệp phiếu trả lời", "Import response files";
        ImportHint: "Kéo thả tệp CSV, Excel vào đây hoặc bấm để chọn", "Drop CSV or Excel files here, or press to choose";
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
        KeepHere: "Giữ các tệp trên máy này", "Keep the files on this device";
        KeptInTab: "Tệp đã nhập mất khi đóng trang. Không dữ liệu nào rời khỏi máy.",
            "Imported files are gone when the page closes. No data leaves this computer.";
        KeptHere: "Tệp đã nhập nằm trong trình duyệt này và được đọc lại khi mở trang, cho đến khi bỏ. Không dữ liệu nào rời khỏi máy.",
            "Imported files stay in this browser and are read again when the page opens, until they are taken away. No data leaves this computer.";
        NotKeptHere: "Trình duyệt không giữ được tệp: bộ nhớ đầy hoặc bị chặn. Tệp đã nhập mất khi đóng trang.",
            "The browser could not keep the files: its storage is full or blocked. They are gone when the page closes.";
        Wipe: "Bỏ tất cả tệp đã nhập", "Take all imported files away";
        Reading: "Đang đọc", "Reading";
        ReadSoFar: "{} / {} MB · {} MB/giây", "{} of {} MB · {} MB/s";
        SecondsLeft: "còn khoảng {} giây", "about {} s left";
        StopReading: "Dừng đọc", "Stop reading";
        Imported: "Đã nhập {} tệp.", "Files imported: {}.";
        Removed: "Đã bỏ tệp “{}”.", "The file “{}” was taken away.";
        UndoThis: "Hoàn tác", "Undo";
        StoppedFile: "Đã dừng đọc tệp “{}”: không phiếu nào của tệp này được tính.",
            "Reading the file “{}” was stopped: none of its responses are counted.";
        TooMuchFile: "Không nhập được tệp “{}”: không đủ bộ nhớ để đọc. Hãy chia tệp thành nhiều phần hoặc lưu lại với kiểu CSV UTF-8.",
            "The file “{}” was not imported: there is not enough memory to read it. Split it, or save it as CSV UTF-8.";
        RefusedFile: "Không nhập được tệp “{}”: {}. → {}.", "The file “{}” was not imported: {}. → {}.";
        UnclearFile: "Tệp “{}” chưa được nhập: chưa chắc là phiếu của khảo sát nào, cột nào là câu hỏi nào, hoặc chưa biết ngày trả lời. Hãy xem lại các cột.",
            "The file “{}” is not imported yet: it is not sure which survey it is of, what some of its columns are, or when the responses were given. Look through its columns.";
        Repaired: "Đọc từ tệp của chương trình khác; đã sửa {} chỗ", "Read from another program’s file; mended: {}";
        ExportProblems: "Tải danh sách đầy đủ (CSV)", "Download the whole list (CSV)";
        NameColumns: "Xem và chỉ định các cột", "Look through the columns";
        NameColumnsTitle: "Cột nào là câu hỏi nào?", "Which column is which question?";
        NameColumnsText: "Chỉ những cột đã rõ mới được đọc. Với cột chưa chắc, hãy chọn câu hỏi hoặc xác nhận. Các tệp có cùng các cột về sau được đọc theo cách này.",
            "Only columns that are clear are read. Where one is not, choose the question or confirm it. Later files with the same columns are read the same way.";
        ColumnsNamed: "{} trong {} cột được đọc", "columns read: {} of {}";
        ColumnsUnsure: "{} cột cần xác nhận", "to be confirmed: {}";
        UseMapping: "Nhập theo các cột này", "Import with these columns";
        CancelMapping: "Để sau", "Not now";
        SaveMapping: "Lưu ánh xạ thành tệp", "Save this mapping as a file";
        OpenMapping: "Mở tệp ánh xạ", "Open a mapping file";
        ColumnTwice: "Cột “{}” và cột “{}” cùng là {}. Hãy bỏ một trong hai.", "The columns “{}” and “{}” are both {}. Leave one of them out.";
        ColumnOfFile: "Cột trong tệp", "Column of the file";
        ValuesOfColumn: "Ví dụ giá trị", "Some of its values";
        IsQuestion: "Là", "Is";
        HowClear: "Mức chắc chắn", "How clear";
        ColumnClear: "Rõ, {}", "Clear, {}";
        ColumnUnclear: "Chưa chắc, {}", "Unsure, {}";
        NotRead: "Không đọc", "Not read";
        DoNotRead: "— không đọc —", "— not read —";
        ConfirmColumn: "Đúng vậy", "That is right";
        WhatIs: "Cột “{}” là", "The column “{}” is";
        MoreColumns: "… và {} cột khác không được đọc. Muốn đọc, hãy lưu ánh xạ thành tệp và sửa ở đó.",
            "… and {} more columns that are not read. To read them, save the mapping as a file and change it there.";
        AboutResponse: "Về phiếu", "About the response";
        AboutFinished: "Thời điểm gửi phiếu", "When it was handed in";
        AboutStarted: "Thời điểm bắt đầu", "When it was begun";
        AboutId: "Mã phiếu", "Id of the response";
        AboutEdition: "Phiên bản phiếu", "Edition";
        PickedOptions: "Phương án có cột riêng", "Options with a column of their own";
        WordsBeside: "Ý kiến ghi kèm phương án", "Words beside an option";
        GivenTitle: "Nếu tệp không có cột cho biết", "Where no column of the file tells";
        GivenDay: "Ngày trả lời của cả tệp", "Day of all responses";
        GivenUnit: "Mã đơn vị của cả tệp", "Unit code of all responses";
        GivenChannel: "Hình thức thu, ví dụ paper", "Channel, such as paper";
        DaysWritten: "Ngày tháng trong tệp", "Days in the file";
        DayFirst: "Ngày trước: 31/12/2026", "Day first: 31/12/2026";
        MonthFirst: "Tháng trước: 12/31/2026", "Month first: 12/31/2026";
        Export: "Xuất dữ liệu", "Export";
        ExportResults: "Bảng kết quả (Excel)", "Results table (Excel)";
        ExportResultsMachine: "Bảng kết quả (CSV cho phần mềm)", "Results table (CSV for programs)";
        ExportResponses: "Phiếu trả lời (Excel)", "Responses (Excel)";
        ExportResponsesMachine: "Phiếu trả lời (CSV cho phần mềm)", "Responses (CSV for programs)";
        Summary: "{} phiếu · {} – {}", "Responses: {} · {} – {}";
        FlaggedOut: "{} phiếu do máy tại quầy ghi nhận là nghịch màn hình: không được tính ở bất cứ đâu.",
            "Flagged by kiosks as play with the screen, and counted nowhere: {}.";
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
        // How the figures are looked at.
        Look: "Cách xem", "How to look at it";
        OtherFormula: "Thêm công thức", "Another formula";
        NoOtherFormula: "Không thêm", "None";
        NotOfficial: "không phải công thức chính thức", "not the official formula";
        Confidence: "Độ tin cậy", "Confidence";
        Dossiers: "Số hồ sơ đã giải quyết", "Dossiers handled";
        DossiersHint: "Nếu biết: để xét cỡ mẫu tối thiểu.", "Where known: to judge the size of the sample.";
        DossiersNoNumber: "Chỉ ghi chữ số, ví dụ 1.000.", "Write digits only, such as 1,000.";
        DossiersTooFew: "Ít hơn số phiếu: hãy kiểm tra lại.", "Fewer than there are responses: check the number.";
        // Whom the responses stand for.
        Channels: "Phiếu được tính", "Responses counted";
        OfSample: "Mẫu khảo sát", "Sample survey";
        OfOwnChoice: "Tự nguyện trả lời", "Chose to answer";
        OfBoth: "Gộp cả hai", "Both together";
        ShownSample: "Có {} phiếu của mẫu khảo sát và {} phiếu tự nguyện. Các số liệu dưới đây là của mẫu khảo sát.",
            "There are {} responses of a sample and {} of people who chose to answer. The figures below are those of the sample.";
        ShownOwnChoice: "Có {} phiếu của mẫu khảo sát và {} phiếu tự nguyện. Các số liệu dưới đây chỉ là của phiếu tự nguyện: không đại diện cho mọi người dân.",
            "There are {} responses of a sample and {} of people who chose to answer. The figures below are those of the latter only: they do not stand for all citizens.";
        ShownBoth: "Có {} phiếu của mẫu khảo sát và {} phiếu tự nguyện, đang gộp chung: kết quả không đại diện cho mọi người dân.",
            "There are {} responses of a sample and {} of people who chose to answer, counted together: the result does not stand for all citizens.";
        OnlyOwnChoice: "Phiếu tự nguyện: không đại diện cho mọi người dân.", "People chose to answer: they do not stand for all citizens.";
        // How sure a figure is.
        Interval: "Khoảng tin cậy {}%:", "{}% confidence interval:";
        EvidenceMet: "Đủ căn cứ để kết luận là đạt", "Enough evidence that it is met";
        EvidenceNotMet: "Đủ căn cứ để kết luận là chưa đạt", "Enough evidence that it is not met";
        EvidenceNotEnough: "Chưa đủ căn cứ để kết luận", "Not enough evidence to tell";
        EvidenceFurther: "Chưa đủ căn cứ để kết luận: cần khoảng {} người trả lời nữa",
            "Not enough evidence to tell: about {} more respondents are needed";
        Enough: "đủ căn cứ", "enough evidence";
        NotEnough: "chưa đủ căn cứ", "not enough";
        SampleEnough: "Cỡ mẫu tối thiểu {} (Yamane, {} hồ sơ): đã đủ", "Least sample {} (Yamane, {} dossiers): reached";
        SampleShort: "Cỡ mẫu tối thiểu {} (Yamane, {} hồ sơ): còn thiếu {}", "Least sample {} (Yamane, {} dossiers): {} short";
        CheckTable: "Bảng kiểm chứng", "Table for checking";
        CheckTableText: "Số phiếu, lượt trả lời không tính và độ chính xác của từng số liệu",
            "Respondents, answers not counted, and how precise each figure is";
        ValidAnswers: "Lượt trả lời hợp lệ", "Valid answers";
        NotApplicable: "Không áp dụng", "Not applicable";
        NoOpinion: "Không có ý kiến", "No opinion";
        NoAnswer: "Không trả lời", "Not answered";
        NotAsked: "Không được hỏi", "Not asked";
        StandardError: "Sai số chuẩn (điểm %)", "Standard error (percentage points)";
        StandardErrorPlain: "Sai số chuẩn", "Standard error";
        DesignEffect: "Hệ số thiết kế", "Design effect";
        Effective: "Cỡ mẫu hiệu dụng", "Effective sample";
        IntervalOf: "Khoảng tin cậy {}%", "{}% interval";
        HowSure: "Khoảng tin cậy {}%: Wilson, trên cỡ mẫu hiệu dụng. Đơn vị mẫu là người trả lời: nhiều câu của một người không phải là nhiều người. Đủ căn cứ khi cả khoảng nằm về một phía của chỉ tiêu; kết quả “Đạt”, “Chưa đạt” vẫn theo tỷ lệ tính được.",
            "{}% confidence interval: Wilson's, on the effective sample. What is sampled is the respondent: many answers of one person are not many people. There is enough evidence where all of the interval lies on one side of the target; “met” and “not met” go by the share itself.";
        HowSampled: "Đã tính theo {} hồ sơ: càng nhiều hồ sơ được hỏi, khoảng tin cậy càng hẹp.",
            "Of {} dossiers: the more of them were asked, the narrower the interval.";
        ChannelsSample: "Chỉ tính phiếu của mẫu khảo sát; phiếu tự nguyện không được gộp vào.",
            "Responses of the sample only; those of people who chose to answer are not among them.";
        ChannelsOwnChoice: "Chỉ tính phiếu của những người tự nguyện trả lời.", "Only responses of people who chose to answer.";
        ChannelsBoth: "Tính gộp phiếu của mẫu khảo sát và phiếu tự nguyện.",
            "Responses of the sample and of people who chose to answer, counted together.";
        // Groups beside each other.
        Breakdown: "So sánh các nhóm", "Groups compared";
        BreakdownEmpty: "Chọn cách chia nhóm hoặc kỳ để so sánh.", "Choose groups or a period to compare.";
        By: "Chia nhóm theo", "Groups by";
        ThenBy: "và theo", "and by";
        NoKey: "Không chia", "None";
        KeysOfPlace: "Nơi và cách thu phiếu", "Where and how it was collected";
        KeysOfAnswers: "Câu trả lời", "Answers";
        ByPeriod: "Theo kỳ", "By period";
        NoPeriod: "Không chia kỳ", "None";
        Month: "Tháng", "Month";
        Quarter: "Quý", "Quarter";
        Half: "6 tháng", "Half a year";
        Year: "Năm", "Year";
        Measure: "Số liệu", "Figure of";
        Public: "Bản công bố: ẩn nhóm dưới 5 người", "For publication: hide groups of fewer than 5 people";
        ExportBreakdown: "Bảng so sánh (Excel)", "This comparison (Excel)";
        KeyUnit: "Đơn vị", "Office";
        KeyProvince: "Tỉnh, thành phố", "Province";
        KeyField: "Lĩnh vực", "Field of procedure";
        KeyChannel: "Hình thức thu", "Channel";
        KeyCounter: "Quầy", "Counter";
        KeyOfficer: "Công chức", "Officer";
        KeyLanguage: "Ngôn ngữ", "Language";
        KeyStatus: "Trạng thái phiếu", "Status";
        KeyOrigin: "Nguồn phiếu", "Origin";
        ChannelKiosk: "Thiết bị tại quầy", "Device at the counter";
        ChannelPhone: "Điện thoại cá nhân", "Own phone";
        ChannelPaper: "Phiếu giấy", "On paper";
        ChannelQr: "Mã QR", "QR code";
        StatusComplete: "Trả lời hết phiếu", "Complete";
        StatusAbandoned: "Bỏ dở", "Abandoned";
        OriginAnswered: "Người dân trả lời", "Answered by people";
        OriginGenerated: "Dữ liệu mẫu", "Generated sample";
        InVietnamese: "Tiếng Việt", "Vietnamese";
        InEnglish: "Tiếng Anh", "English";
        NotRecorded: "(không ghi)", "(not recorded)";
        Time: "Kỳ", "Period";
        Rank: "Xếp hạng", "Rank";
        RankHint: "Trong ngoặc: các hạng có thể có theo khoảng tin cậy. Hai nhóm có khoảng hạng chồng nhau thì chưa đủ căn cứ để nói nhóm nào hơn.",
            "In brackets: the ranks it may have by its interval. Of two groups whose ranks overlap, there is no telling which is better.";
        Change: "So với kỳ trước", "Since the period before";
        Points: "{} điểm %", "{} percentage points";
        PointsPlain: "{} điểm", "{} points";
        From: "từ {} đến {}", "{} to {}";
        Unclear: "chưa rõ thay đổi", "no telling whether it changed";
        Rose: "tăng", "rose";
        Fell: "giảm", "fell";
        Remarks: "Lưu ý", "To know";
        Under30: "dưới 30 phiếu: tham khảo", "under 30 responses: a hint only";
        MarkedHere: "{} phiếu có dấu hiệu bất thường", "look odd: {}";
        Hidden: "ẩn", "hidden";
        MoreGroups: "… và {} dòng khác. Tệp xuất ra có đủ.", "… and {} more rows. The exported file has them all.";
        // Marks.
        Marks: "Dấu hiệu bất thường: {} phiếu", "Responses that look odd: {}";
        NoMarks: "Không thấy dấu hiệu bất thường", "Nothing looks odd";
        ExportMarks: "Danh sách phiếu có dấu hiệu (Excel)", "List of these responses (Excel)";
        MarksKept: "Không phiếu nào bị loại: mọi phiếu có dấu hiệu vẫn được tính. Dấu hiệu chỉ là câu hỏi cho người nắm rõ nơi khảo sát.",
            "Nothing was left out: responses with a mark are counted like all others. A mark is only a question to whoever knows the place.";
        MarksWith: "Tỷ lệ chung có tính các phiếu này", "Overall with these responses";
        MarksWithout: "Nếu không tính", "Without them";
        Mark: "Dấu hiệu", "Mark";
        MarkMeans: "Nghĩa là", "What it means";
        StraightLine: "Một mức cho mọi nội dung", "One level for all";
        StraightLineMeans: "Từ 8 nội dung trở lên mà chọn cùng một mức: có thể không đọc từng câu.",
            "Eight items or more, all on the same level: perhaps not read one by one.";
        TooFast: "Trả lời quá nhanh", "Too fast";
        TooFastMeans: "Trên thiết bị, chưa đến 1 giây cho mỗi câu: nhanh hơn mức có thể đọc.",
            "On a device, in less than a second an answer: faster than it can be read.";
        Burst: "Dồn dập từ một quầy", "A burst from one counter";
        BurstMeans: "Hơn 5 phiếu từ cùng một quầy trong một phút.", "More than five from one counter within a minute.";
        Identical: "Trùng hệt phiếu khác", "Same as another";
        IdenticalMeans: "Mọi câu trả lời giống hệt một phiếu khác của cùng đơn vị (từ 10 câu trở lên).",
            "Every answer as in another response of the same office (ten answers or more).";
        OutsideHours: "Ngoài giờ làm việc", "Outside office hours";
        OutsideHoursMeans: "Từ thiết bị tại quầy, trước 6:30, sau 18:00 hoặc vào Chủ nhật.",
            "From a device at the counter, before 6:30, after 18:00 or on a Sunday.";
        SameReceipt: "Cùng mã biên nhận", "Same receipt";
        SameReceiptMeans: "Mã biên nhận giống một phiếu khác của cùng đơn vị: có thể nhập hai lần.",
            "The receipt of another response of the same office: perhaps entered twice.";
        OtherSurvey: "Tệp “{}” là phiếu của khảo sát “{}”: đã nhập và chuyển sang khảo sát đó.",
            "The file “{}” holds responses to the survey “{}”: it was imported and that survey is shown now.";
        UnknownSurvey: "Không nhập được tệp “{}”: khảo sát “{}” không có ở đây.",
            "The file “{}” was not imported: the survey “{}” is not available here.";
        NotResponses: "Không nhập được tệp “{}”: đây không phải tệp phiếu trả lời, hoặc không nhận ra cột nào. Nếu là phiếu trả lời, hãy chỉ rõ từng cột.",
            "The file “{}” was not imported: it is no response file, or none of its columns is recognised. If it holds responses, say which column is what.";
        ResultsFile: "Không nhập được tệp “{}”: đây là bảng kết quả đã tính, không phải phiếu trả lời. Hãy chọn tệp phiếu trả lời.",
            "The file “{}” was not imported: it is a table of results, not of responses. Choose a response file.";
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

/// The short name of a formula, as a column heading.
pub fn formula_name(formula: Formula) -> Word {
    match formula {
        Formula::Top2Pooled => Word::Percent,
        Formula::Top2MeanOfItems => Word::Top2MeanOfItems,
        Formula::MeanOfFactors => Word::MeanOfFactors,
        Formula::NineIndicators => Word::NineIndicators,
        Formula::MeanOver5 => Word::MeanOver5,
        Formula::MeanMinus1Over4 => Word::MeanMinus1Over4,
        Formula::RespondentTop2 => Word::RespondentTop2,
        Formula::AllSatisfied => Word::AllSatisfied,
        Formula::MeanScore => Word::MeanScore,
    }
}

/// What a formula computes.
pub fn formula_text(formula: Formula) -> Word {
    match formula {
        Formula::Top2Pooled => Word::Top2PooledIs,
        Formula::Top2MeanOfItems => Word::Top2MeanOfItemsIs,
        Formula::MeanOfFactors => Word::MeanOfFactorsIs,
        Formula::NineIndicators => Word::NineIndicatorsIs,
        Formula::MeanOver5 => Word::MeanOver5Is,
        Formula::MeanMinus1Over4 => Word::MeanMinus1Over4Is,
        Formula::RespondentTop2 => Word::RespondentTop2Is,
        Formula::AllSatisfied => Word::AllSatisfiedIs,
        Formula::MeanScore => Word::MeanScoreIs,
    }
}

/// What a mark is called, and what it means.
pub fn mark_words(mark: Mark) -> (Word, Word) {
    match mark {
        Mark::StraightLine => (Word::StraightLine, Word::StraightLineMeans),
        Mark::TooFast => (Word::TooFast, Word::TooFastMeans),
        Mark::Burst => (Word::Burst, Word::BurstMeans),
        Mark::Identical => (Word::Identical, Word::IdenticalMeans),
        Mark::OutsideHours => (Word::OutsideHours, Word::OutsideHoursMeans),
        Mark::SameReceipt => (Word::SameReceipt, Word::SameReceiptMeans),
    }
}
