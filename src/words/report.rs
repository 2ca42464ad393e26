//! What stands in a printed report, and around its making.

use super::words;

words! {
    /// Texts of the report and of the screen it is made on.
    Word {
        Tab: "Báo cáo", "Report";
        Title: "Báo cáo kết quả khảo sát", "Report on the results";
        Intro: "Bố cục theo Nghị định 30/2020/NĐ-CP, khổ A4. Các số liệu lấy từ phần Kết quả; lời văn sửa được ở bên cạnh và được giữ trong trình duyệt này.",
            "In the layout of administrative documents (Decree 30/2020/NĐ-CP), A4. The figures are those under Results; the texts can be edited here and are kept in this browser.";
        Empty: "Chưa có phiếu nào: hãy nhập tệp ở phần Kết quả.", "No responses yet: import files under Results.";
        Version: "Bản", "Version";
        ForOffice: "Báo cáo đầy đủ", "Full report";
        ForPublic: "Bản công bố một trang", "One page for the public";
        ForPublicHint: "Không có nơi nhận, chữ ký; số liệu về dưới 5 người được ẩn.", "Without recipients and signature; figures about fewer than five people are hidden.";
        Print: "In, hoặc lưu thành PDF", "Print, or save as PDF";
        PrintHint: "Khổ giấy A4, tỷ lệ 100 %, không in đầu trang và chân trang của trình duyệt.", "Paper A4, scale 100 %, without the browser’s own headers and footers.";
        Preview: "Xem trước", "Preview";
        Texts: "Lời văn", "Texts";
        Reset: "Trở lại lời văn gợi ý", "Back to the proposed texts";
        NotKept: "Trình duyệt không giữ được lời văn: hãy in ngay, hoặc chép ra nơi khác.", "The browser could not keep the texts: print now, or copy them elsewhere.";
        // The texts that are written.
        Superior: "Cơ quan chủ quản", "Body above the issuing one";
        Body: "Cơ quan ban hành", "Issuing body";
        Number: "Số, ký hiệu", "Number and symbol";
        PlaceAndDate: "Địa danh, ngày tháng", "Place and date";
        Subject: "Trích yếu", "Subject";
        Opening: "Mở đầu", "Opening";
        Assessment: "Nhận xét, đánh giá", "Assessment";
        Proposals: "Đề xuất, kiến nghị", "Proposals";
        Recipients: "Nơi nhận (mỗi dòng một nơi)", "Recipients (a line each)";
        Authority: "Ký thay mặt (TM., KT.…)", "Signed on behalf of";
        Position: "Chức vụ người ký", "Signer’s office";
        Signer: "Họ tên người ký", "Signer’s name";
        ProposedNumber: "Số:        /BC-", "No.        /BC-";
        ProposedPlaceAndDate: "…, ngày {} tháng {} năm {}", "…, {}{}{}";
        ProposedSubject: "Kết quả khảo sát “{}”", "Results of the survey “{}”";
        ProposedOpening: "{} báo cáo kết quả khảo sát “{}”, thực hiện từ ngày {} đến ngày {}, như sau:",
            "{} reports the results of the survey “{}”, carried out from {} to {}, as follows:";
        ProposedRecipients: "Lưu: VT.", "Filed: registry.";
        ProposedPosition: "THỦ TRƯỞNG CƠ QUAN", "HEAD OF THE OFFICE";
        // The document.
        Country: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SOCIALIST REPUBLIC OF VIET NAM";
        Motto: "Độc lập - Tự do - Hạnh phúc", "Independence - Freedom - Happiness";
        KindReport: "BÁO CÁO", "REPORT";
        KindPublic: "CÔNG BỐ KẾT QUẢ KHẢO SÁT", "SURVEY RESULTS FOR THE PUBLIC";
        SendTo: "Nơi nhận:", "Recipients:";
        Table: "Bảng", "Table";
        Chart: "Hình", "Figure";
        SectionSurvey: "TỔ CHỨC KHẢO SÁT", "THE SURVEY";
        SectionTargets: "KẾT QUẢ SO VỚI CHỈ TIÊU", "RESULTS AGAINST TARGETS";
        SectionDetail: "KẾT QUẢ THEO YẾU TỐ VÀ NỘI DUNG", "RESULTS BY FACTOR AND ITEM";
        SectionQuestions: "SỐ LIỆU THEO TỪNG CÂU HỎI", "FIGURES ABOUT SINGLE QUESTIONS";
        SectionMethod: "PHƯƠNG PHÁP TÍNH", "METHOD";
        SectionAssessment: "NHẬN XÉT, ĐÁNH GIÁ", "ASSESSMENT";
        SectionProposals: "ĐỀ XUẤT, KIẾN NGHỊ", "PROPOSALS";
        FactSurvey: "Phiếu khảo sát: “{}” (mã {}, phiên bản {}).", "Questionnaire: “{}” (id {}, edition {}).";
        FactResponses: "Số phiếu được tính: {}, thu trong thời gian {}.", "Responses counted: {}, collected {}.";
        FactChannels: "Trong số phiếu đã thu: {} phiếu của mẫu khảo sát, {} phiếu của người tự nguyện trả lời.",
            "Of the responses collected: {} of a sample, {} of people who chose to answer.";
        OnlyPart: "Chỉ tính một phần các phiếu: {}.", "Only some of the responses are counted: {}.";
        Generated: "{} phiếu là dữ liệu mẫu do máy sinh ra: các con số không nói gì về thực tế.",
            "Generated samples among the responses: {}. The figures say nothing about reality.";
        SelfSelected: "Phiếu do người tự nguyện trả lời: kết quả không đại diện cho mọi người dân.",
            "People chose to answer: the result does not stand for all citizens.";
        MixedChannels: "Phiếu của mẫu khảo sát và phiếu tự nguyện được tính gộp: kết quả không đại diện cho mọi người dân.",
            "Responses of a sample and of people who chose to answer are counted together: the result does not stand for all citizens.";
        Quality: "Chất lượng số liệu:", "Quality of the data:";
        QualityMarked: "{} phiếu có dấu hiệu bất thường ({}); các phiếu này vẫn được tính.",
            "Responses that look odd: {} ({}); they are counted all the same.";
        QualityWithout: "Tỷ lệ chung là {}; nếu không tính các phiếu có dấu hiệu bất thường là {}.",
            "The overall figure is {}; without the responses that look odd it is {}.";
        QualityNoMarks: "Không thấy dấu hiệu bất thường trong các phiếu.", "No response looks odd.";
        QualityFlagged: "{} phiếu do thiết bị tại quầy ghi nhận là nghịch màn hình, không được tính.",
            "Flagged by devices at counters as play with the screen, and not counted: {}.";
        QualityFew: "Chỉ có {} người trả lời (dưới 30): số liệu chỉ để tham khảo.", "Only {} respondents (under 30): the figures are a hint only.";
        QualityStrata: "Có nhóm không có phiếu nào và không được đại diện.", "Some groups have no responses and are not represented.";
        QualityUnknown: "Không biết một số phiếu đại diện cho bao nhiêu người: không tính trọng số.", "How many some responses stand for is not known: nothing was weighed.";
        QualityTooSmall: "Số phiếu nhiều hơn số hồ sơ: cần kiểm tra lại.", "There are more responses than dossiers: to be checked.";
        // Figures.
        TargetMet: "{}: {} (khoảng tin cậy {}%: {}), đạt chỉ tiêu (≥\u{a0}{}).", "{}: {} ({}% confidence interval: {}), the target (≥\u{a0}{}) is met.";
        TargetNotMet: "{}: {} (khoảng tin cậy {}%: {}), chưa đạt chỉ tiêu (≥\u{a0}{}).", "{}: {} ({}% confidence interval: {}), the target (≥\u{a0}{}) is not met.";
        TargetWithoutData: "{}: chưa có dữ liệu.", "{}: no data.";
        EvidenceIs: "Căn cứ thống kê: {}.", "Statistical evidence: {}.";
        Enough: "đủ để kết luận", "enough to tell";
        NotEnough: "chưa đủ để kết luận", "not enough to tell";
        Further: "chưa đủ để kết luận, cần khoảng {} người trả lời nữa", "not enough to tell, about {} more respondents are needed";
        BoardCaption: "Kết quả so với chỉ tiêu", "Results against targets";
        BoardChartCaption: "Kết quả so với chỉ tiêu", "Results against targets, drawn";
        FactorsCaption: "Kết quả theo phần và yếu tố", "Results by part and factor";
        ItemsCaption: "Kết quả theo phần, yếu tố và nội dung", "Results by part, factor and item";
        QuestionsCaption: "Số liệu theo từng câu hỏi", "Figures about single questions";
        Legend: "Thanh từ 0 đến 100%; vạch đứng đậm: chỉ tiêu; đoạn ngang: khoảng tin cậy {}%.", "Bars from 0 to 100%; upright line: target; level line: {}% confidence interval.";
        LegendWithoutTarget: "Thanh từ 0 đến 100%; đoạn ngang: khoảng tin cậy {}%.", "Bars from 0 to 100%; level line: {}% confidence interval.";
        Target: "Chỉ tiêu (giai đoạn)", "Target (period)";
        Threshold: "Mức", "Threshold";
        Respondents: "Số người trả lời", "Respondents";
        IntervalOf: "Khoảng tin cậy {}%", "{}% interval";
        Verdict: "Kết luận", "Verdict";
        Met: "Đạt", "Met";
        NotMet: "Chưa đạt", "Not met";
        NoData: "Chưa có dữ liệu", "No data";
        Hidden: "ẩn", "hidden";
        Content: "Nội dung", "Content";
        Answers: "Số lượt trả lời", "Answers";
        Overall: "Chung toàn phiếu", "Overall";
        Question: "Câu hỏi, phương án", "Question, answer";
        Answering: "Số người", "People";
        Value: "Tỷ lệ hoặc trung bình", "Share or mean";
        AssessFactors: "Yếu tố có kết quả cao nhất là {}; thấp nhất là {}.", "The best factor is {}; the weakest is {}.";
        AssessItems: "Các nội dung có kết quả thấp nhất: {}.", "The weakest items: {}.";
        // The method note.
        MethodSource: "Phiếu khảo sát theo: {}", "The questionnaire follows: {}";
        MethodSample: "Số hồ sơ đã giải quyết: {}; cỡ mẫu tối thiểu theo Yamane: {}.", "Dossiers handled: {}; least sample by Yamane: {}.";
        MethodMissing: "Lượt trả lời không tính: không áp dụng {}, không có ý kiến {}, không trả lời {}, không được hỏi {}.",
            "Answers not counted: not applicable {}, no opinion {}, not answered {}, not asked {}.";
        MethodTargets: "Chỉ tiêu theo: {}", "Targets from: {}";
        PublicOpening: "Khảo sát “{}”, thời gian {}, {} phiếu.", "Survey “{}”, {}, responses: {}.";
        PublicMethod: "Cách tính", "Method";
        PublicInterval: "Khoảng tin cậy {}%: phạm vi hợp lý của kết quả, do chỉ hỏi một số người.", "{}% confidence interval: where the result may reasonably lie, because only some people were asked.";
        PublicHidden: "Số liệu về dưới 5 người được ẩn, cùng những số liệu có thể suy ra chúng.", "Figures about fewer than five people are hidden, with those that they could be worked out from.";
    }
}
