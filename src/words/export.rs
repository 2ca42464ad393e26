//! What stands in exported workbooks, and beside the buttons that export.

use super::words;

words! {
    /// Texts of exports.
    Word {
        More: "Định dạng khác", "Other formats";
        Workbook: "Kết quả (XLSX)", "Results (XLSX)";
        SpssData: "Phiếu cho SPSS (CSV)", "Responses for SPSS (CSV)";
        SpssSyntax: "Cú pháp SPSS (.sps)", "SPSS syntax (.sps)";
        SpssHint: "Để hai tệp SPSS trong cùng một thư mục.", "Keep the two SPSS files in one folder.";
        Codebook: "Bảng mã (Excel)", "Codebook (Excel)";
        // Sheets and columns.
        Results: "Kết quả", "Results";
        Targets: "Chỉ tiêu", "Targets";
        Method: "Phương pháp", "Method";
        Content: "Nội dung", "Content";
        Kind: "Cấp", "Level";
        KindOverall: "Chung", "Overall";
        KindPart: "Phần", "Part";
        KindFactor: "Yếu tố", "Factor";
        KindItem: "Nội dung đánh giá", "Item";
        KindFigure: "Câu hỏi", "Question";
        Overall: "Chung toàn phiếu", "Overall result";
        Answer: "Phương án", "Answer chosen";
        Formula: "Công thức", "Formula";
        Numerator: "Tử số", "Numerator";
        Denominator: "Mẫu số", "Denominator";
        Respondents: "Số người trả lời", "Respondents";
        Percent: "Tỷ lệ", "Share";
        Mean: "Điểm trung bình", "Mean";
        Lower: "Cận dưới", "Lower bound";
        Upper: "Cận trên", "Upper bound";
        StandardError: "Sai số chuẩn", "Standard error";
        DesignEffect: "Hệ số thiết kế", "Design effect";
        Effective: "Cỡ mẫu hiệu dụng", "Effective sample";
        Threshold: "Mức chỉ tiêu", "Threshold";
        Verdict: "Kết luận", "Verdict";
        Met: "Đạt", "Met";
        NotMet: "Chưa đạt", "Not met";
        Evidence: "Căn cứ", "Evidence";
        EvidenceMet: "đủ: đạt", "enough: met";
        EvidenceNotMet: "đủ: chưa đạt", "enough: not met";
        EvidenceNotEnough: "chưa đủ", "not enough";
        NotApplicable: "Không áp dụng", "Not applicable";
        NoOpinion: "Không có ý kiến", "No opinion";
        NoAnswer: "Không trả lời", "Not answered";
        NotAsked: "Không được hỏi", "Not asked";
        Marked: "Phiếu bất thường", "Look odd";
        WithoutMarked: "Nếu không tính phiếu bất thường", "Without those that look odd";
        Flags: "Lưu ý (mã)", "Flags (codes)";
        From: "Từ ngày", "From";
        Until: "Đến ngày", "Until";
        Source: "Văn bản", "Document";
    }
}
