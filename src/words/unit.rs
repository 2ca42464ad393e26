//! What stands around the field that units are chosen in.

use super::words;

words! {
    /// Texts of the field.
    Word {
        Unit: "Đơn vị", "Office";
        Hint: "Gõ tên (có dấu hoặc không) hoặc mã đơn vị.", "Type the name, with or without marks, or the code.";
        Found: "{} đơn vị bên dưới", "{} below";
        NoneFound: "Không tìm thấy đơn vị nào", "Nothing found";
        NotListed: "Mã {} (không có trong danh mục)", "Code {} (not on the list)";
        Remove: "Bỏ", "Remove";
    }
}
