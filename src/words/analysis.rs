//! What an official reads where figures are filtered, explained, followed and put beside each other.

use super::words;
use crate::office::beside::{Apart, Caution};

words! {
    /// Texts about looking closer.
    Word {
        Filter: "Lọc phiếu", "Filter";
        FilterBy: "Chỉ tính phiếu theo", "Count only responses by";
        FilterNone: "Chọn để lọc…", "Choose to filter…";
        FilterValue: "Giá trị", "Value";
        FilterChoose: "Chọn giá trị…", "Choose a value…";
        FilterWaiting: "Đang tìm các giá trị…", "Looking for values…";
        FilterOn: "Đang chỉ tính một phần các phiếu:", "Only some of the responses are counted:";
        FilterDrop: "Bỏ lọc {}: {}", "Drop the filter {}: {}";
        FilterClear: "Bỏ lọc, tính tất cả", "Drop all, count everything";
        FilterEmpty: "Không có phiếu nào khớp với bộ lọc.", "No responses match the filter.";
        OnlyThis: "Chỉ xem {}", "Look at {} only";
        // From period to period.
        TrendLast: "Kỳ gần nhất, {}: {}", "Last period, {}: {}";
        TrendChange: "{} điểm % so với kỳ trước ({} đến {}): {}", "{} percentage points since the one before ({} to {}): {}";
        TrendTable: "Xem từng kỳ", "Period by period";
        TrendCaption: "{}, từng kỳ", "{}, period by period";
        Unchanged: "chưa đủ căn cứ để nói tăng hay giảm", "not enough to tell whether it rose or fell";
        // Where a figure comes from.
        Explain: "{}: xem cách tính", "{}: how it is computed";
        ExplainTitle: "Con số này tính thế nào?", "How is this figure computed?";
        Close: "Đóng", "Close";
        Formula: "Công thức", "Formula";
        Sum: "Phép tính", "Computation";
        SumOfShares: "trung bình cộng của {} tỷ lệ", "the mean of {} shares";
        SumOfMeans: "tổng của {} điểm trung bình", "the sum of {} means";
        Weighted: "có trọng số theo số hồ sơ của từng nhóm", "weighted by the dossiers of each group";
        NotCounted: "Không tính", "Not counted";
        NotCountedText: "không áp dụng {}, không có ý kiến {}, không trả lời {}, không được hỏi {}",
            "does not apply {}, no opinion {}, no answer {}, not asked {}";
        Interval: "Khoảng tin cậy", "Interval";
        IntervalText: "{} ở độ tin cậy {}%: Wilson trên {} lượt trả lời hiệu dụng", "{} at {}%: Wilson's, on {} effective answers";
        Against: "So với chỉ tiêu", "Against the target";
        Scope: "Phạm vi", "Scope";
        ScopeAll: "tất cả phiếu đang tính", "all responses that are counted";
        Questionnaire: "Phiếu khảo sát", "Questionnaire";
        Edition: "{}, phiên bản {}", "{}, edition {}";
        WithoutMarked: "Nếu bỏ phiếu có dấu hiệu bất thường", "Without responses that look odd";
        CompareGroups: "So sánh các nhóm ở mục này", "Compare groups by this";
        // What pulls a figure down.
        Pulls: "Điều kéo tỷ lệ chung xuống nhiều nhất", "What pulls the overall figure down most";
        PullsText: "Tỷ lệ chung còn cách 100% là {} điểm. Mỗi dòng cho biết: nếu mọi lượt trả lời ở nội dung đó đều hài lòng thì tỷ lệ chung tăng bao nhiêu điểm. Cộng tất cả các dòng lại bằng {} điểm.",
            "The overall figure is {} points short of 100%. Each line: how many points it would rise if every answer to that item were satisfied. All lines add up to {} points.";
        PullsNone: "Mọi lượt trả lời đều hài lòng.", "Every answer is satisfied.";
        PullsTable: "Mức kéo xuống của từng nội dung", "How much each item pulls down";
        Unsatisfied: "Lượt chưa hài lòng", "Not satisfied";
        Lost: "Kéo xuống (điểm %)", "Pulls down (points)";
        PartOfLost: "Phần của mức thiếu", "Part of what is short";
        AllPulls: "Xem cả {} nội dung", "All {} items";
        // What people wrote.
        Comments: "Ý kiến viết thêm", "What people wrote";
        CommentsText: "Ý kiến có thể chứa chuyện riêng của người viết: hãy đọc lại trước khi in hoặc gửi đi.",
            "These words may hold personal matters: read them before printing or sending any.";
        ReadComments: "Đọc các ý kiến", "Read them";
        ReadingComments: "Đang đọc: {}%", "Reading: {}%";
        Search: "Tìm trong ý kiến", "Search";
        SearchHint: "Không cần gõ dấu, ví dụ: cho lau", "Case and marks do not matter";
        CommentsFound: "{} ý kiến", "Comments: {}";
        CommentsNone: "Không có ý kiến nào.", "There are none.";
        CommentsHidden: "Các phiếu đang xem chưa đến 5: ý kiến không được hiện, vì có thể đoán ra người viết.",
            "Fewer than 5 responses are shown: what was written is hidden, for one could guess who wrote it.";
        CommentsByField: "Số ý kiến theo lĩnh vực", "By field of procedure";
        MoreComments: "Hiện thêm", "Show more";
        // Beside each other.
        Tab: "So sánh", "Compare";
        BesideTitle: "Đặt các kết quả cạnh nhau", "Results beside each other";
        BesideText: "Mỗi cột là một tập phiếu: một kỳ, một đơn vị, hoặc một phiên bản phiếu khảo sát. Các cột sau được so với cột A.",
            "Each column is a pile of responses: a period, an office, or an edition of the questionnaire. The others are compared with column A.";
        Pile: "Cột {}", "Column {}";
        AddPile: "Thêm cột", "Add a column";
        DropPile: "Bỏ cột {}", "Drop column {}";
        Condition: "Điều kiện", "Condition";
        ConditionOf: "Điều kiện {} của cột {}", "Condition {} of column {}";
        ValueOf: "Giá trị của điều kiện {}, cột {}", "Value of condition {}, column {}";
        NoFurther: "Không thêm điều kiện", "No further condition";
        NoCondition: "Tất cả phiếu", "All responses";
        BesideTable: "Kết quả của các cột", "Results of the columns";
        BesideChange: "{} so với A", "{} against A";
        ExportBeside: "Bảng của các cột (Excel)", "Table of the columns (Excel)";
        NoResponses: "chưa có phiếu", "no responses";
        CautionEditions: "Các cột thuộc phiếu khảo sát hoặc phiên bản khác nhau: chỉ những nội dung có cùng mã được đặt cạnh nhau. Phần, yếu tố và tỷ lệ chung gồm những nội dung khác nhau thì chỉ để tham khảo.",
            "The columns are of different questionnaires or editions: only items with the same id stand beside each other. Parts, factors and overall figures that are made of different items are a hint only.";
        CautionFormulas: "Các cột dùng công thức chính thức khác nhau: không tính chênh lệch.",
            "The columns have different official formulas: no differences are shown.";
        CautionChannels: "Một cột là mẫu khảo sát, cột khác là phiếu tự nguyện: chênh lệch có thể do cách thu phiếu.",
            "One column is of a sample, another of people who chose to answer: they may differ for that reason alone.";
        CautionOverlap: "Hai cột có thể chứa cùng một phiếu: khoảng tin cậy của chênh lệch không còn đúng. Hãy chọn các điều kiện không chồng nhau.",
            "Two columns may hold the same responses: the interval of their difference does not hold. Choose conditions that do not overlap.";
        CautionFew: "Có cột dưới 30 phiếu: chỉ để tham khảo.", "A column has fewer than 30 responses: a hint only.";
        CautionEmpty: "Có cột chưa có phiếu nào.", "A column has no responses.";
        ApartWording: "lời văn khác nhau", "other wording";
        ApartItems: "gồm các nội dung khác nhau", "made of other items";
        ApartScale: "thang đo khác nhau: không so", "another scale: not compared";
    }
}

/// What a caution says.
pub fn caution_word(caution: Caution) -> Word {
    match caution {
        Caution::Editions => Word::CautionEditions,
        Caution::Formulas => Word::CautionFormulas,
        Caution::Channels => Word::CautionChannels,
        Caution::Overlap => Word::CautionOverlap,
        Caution::Few => Word::CautionFew,
        Caution::Empty => Word::CautionEmpty,
    }
}

/// Why a line does not compare.
pub fn apart_word(apart: Apart) -> Word {
    match apart {
        Apart::Wording => Word::ApartWording,
        Apart::Items => Word::ApartItems,
        Apart::Scale => Word::ApartScale,
    }
}
