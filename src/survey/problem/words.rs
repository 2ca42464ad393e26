//! The words of every problem, in Vietnamese and English.

use super::Fault;

fn list(values: &[impl AsRef<str>]) -> String {
    let mut shown: Vec<&str> = values.iter().take(12).map(AsRef::as_ref).collect();
    if values.len() > 12 {
        shown.push("…");
    }
    shown.join(", ")
}

/// The known word most like `word`, if one is close enough to be meant.
fn nearest<'k>(word: &str, known: &'k [impl AsRef<str>]) -> Option<&'k str> {
    known
        .iter()
        .map(|k| (distance(word, k.as_ref()), k.as_ref()))
        .filter(|(d, k)| *d <= 1 + k.len() / 4)
        .min_by_key(|(d, _)| *d)
        .map(|(_, k)| k)
}

/// Levenshtein distance over characters, of words cut to 40.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(40).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().take(40).enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let next = (corner + usize::from(ca != *cb)).min(row[j] + 1).min(row[j + 1] + 1);
            corner = row[j + 1];
            row[j + 1] = next;
        }
    }
    row[b.len()]
}

fn suggestion(vi: bool, word: &str, known: &[impl AsRef<str>]) -> String {
    match (nearest(word, known), vi) {
        (Some(near), true) => format!("có phải ý bạn là {near}? Dùng được: {}", list(known)),
        (Some(near), false) => format!("did you mean {near}? Known here: {}", list(known)),
        (None, true) => format!("dùng được: {}", list(known)),
        (None, false) => format!("known here: {}", list(known)),
    }
}

impl Fault {
    /// What is wrong, and how to mend it.
    pub fn words(&self, language: &str) -> (String, String) {
        let vi = language == "vi";
        let pick = |v: String, e: String| if vi { v } else { e };
        let both = |(v, e): (&str, &str)| if vi { v.to_owned() } else { e.to_owned() };
        match self {
            Fault::Syntax(message) => (
                pick(format!("sai cú pháp TOML: {message}"), format!("not valid TOML: {message}")),
                both((
                    "kiểm tra dấu ngoặc kép, dấu ngoặc và dấu phẩy ở dòng này và dòng trước",
                    "check quotes, brackets and commas on this line and the one before",
                )),
            ),
            Fault::NotUtf8 => (
                both(("tệp không phải là văn bản UTF-8", "the file is not UTF-8 text")),
                both(("lưu lại tệp với mã hoá UTF-8", "save it again with the encoding UTF-8")),
            ),
            Fault::TooLarge { most } => (
                pick(
                    format!("tệp lớn hơn {} KB nên không được đọc", most / 1000),
                    format!("the file is larger than {} KB and was not read", most / 1000),
                ),
                both(("kiểm tra xem đây có phải tệp biểu mẫu không", "check that this is a definition file")),
            ),
            Fault::WrongPlaces { key, wanted } => (
                pick(
                    format!("`{key}` phải có đúng {wanted} chỗ `{{}}`"),
                    format!("`{key}` must have {{}} exactly {wanted} times"),
                ),
                both((
                    "mỗi `{}` là chỗ của một số hoặc một tên; xem bản tiếng Việt trong tệp mẫu: sipas languages --template",
                    "each {} is filled with a number or a name; see the text in the file that `sipas languages --template` prints",
                )),
            ),
            Fault::NoLanguage { code } => (
                pick(
                    format!("`{code}` không phải là mã của một ngôn ngữ thêm vào"),
                    format!("`{code}` is not the code of a further language"),
                ),
                both((
                    "đặt tên tệp bằng mã ISO 639 gồm hai hoặc ba chữ thường, ví dụ tyz.toml; vi và en đã có sẵn",
                    "name the file by its ISO 639 code of two or three small letters, for instance tyz.toml; vi and en are there already",
                )),
            ),
            Fault::NoPicture => (
                both(("biểu trưng phải là một tệp .svg hoặc .png", "the emblem must be an .svg or .png file")),
                both((
                    "đặt tệp cạnh theme.toml, tên chỉ gồm chữ không dấu, số, dấu gạch và dấu chấm, ví dụ: \"emblem.svg\"",
                    "put it beside theme.toml, named with letters, digits, - and . only, for instance \"emblem.svg\"",
                )),
            ),
            Fault::NoColour { key } => (
                pick(format!("`{key}` không phải là một màu"), format!("`{key}` is no colour")),
                both(("viết sáu chữ số, ví dụ: \"#1b4f7d\"", "write six digits, for instance \"#1b4f7d\"")),
            ),
            Fault::LowContrast { one, other, ratio, least } => {
                let point = if vi { ',' } else { '.' };
                let number = |hundredths: u32| format!("{}{point}{:02}", hundredths / 100, hundredths % 100);
                (
                    pick(
                        format!("`{one}` trên `{other}` khó đọc: độ tương phản {} : 1", number(*ratio)),
                        format!("`{one}` on `{other}` is hard to see: a contrast of {} : 1", number(*ratio)),
                    ),
                    pick(
                        format!("làm một màu đậm hơn hoặc nhạt hơn, đến ít nhất {} : 1 (WCAG 2.2)", number(*least)),
                        format!(
                            "make one darker or the other lighter, up to {} : 1 at least (WCAG 2.2)",
                            number(*least)
                        ),
                    ),
                )
            }
            Fault::MissingKey { key } => (
                pick(format!("thiếu khoá `{key}`"), format!("the key `{key}` is missing")),
                pick(format!("thêm một dòng `{key} = …`"), format!("add a line `{key} = …`")),
            ),
            Fault::UnknownKey { key, known } => (
                pick(format!("không có khoá `{key}` ở đây"), format!("there is no key `{key}` here")),
                suggestion(vi, key, known),
            ),
            Fault::WrongType { key, expected } => (
                pick(
                    format!("`{key}` phải là {}", expected.words(true)),
                    format!("`{key}` must be {}", expected.words(false)),
                ),
                pick(format!("ví dụ: {}", expected.example()), format!("for instance: {}", expected.example())),
            ),
            Fault::Empty { key } => (
                pick(format!("`{key}` đang trống"), format!("`{key}` is empty")),
                both(("điền nội dung cho khoá này", "fill it in")),
            ),
            Fault::BadId { id, rule } => {
                (pick(format!("mã `{id}` không hợp lệ"), format!("`{id}` is not a valid id")), both(rule.words()))
            }
            Fault::ReservedId { id } => (
                pick(
                    format!(
                        "mã `{id}` đã dành cho việc khác: một cột thuộc tính, một phần, một yếu tố hoặc một tệp của trang"
                    ),
                    format!(
                        "`{id}` already names something else: an attribute column, a part, a factor or a file of the site"
                    ),
                ),
                both(("đổi thành mã khác", "use another id")),
            ),
            Fault::SecondSpecify => (
                both(("mỗi câu chỉ có một lựa chọn yêu cầu ghi rõ", "only one option of a question can ask for words")),
                both(("bỏ `specify = true` ở một trong hai lựa chọn", "remove `specify = true` from one of the two")),
            ),
            Fault::DuplicateId { id, first_line } => (
                pick(
                    format!("mã `{id}` đã dùng ở dòng {first_line}"),
                    format!("the id `{id}` is already used on line {first_line}"),
                ),
                both(("mỗi mã chỉ dùng một lần: đổi một trong hai", "each id is used once: change one of the two")),
            ),
            Fault::UnknownReference { to, id, known } => (
                pick(format!("không có {} `{id}`", to.words().0), format!("there is no {} `{id}`", to.words().1)),
                suggestion(vi, id, known),
            ),
            Fault::MissingText { language, .. } => (
                pick(
                    format!("thiếu nội dung bằng ngôn ngữ `{language}`"),
                    format!("the text in language `{language}` is missing"),
                ),
                pick(
                    format!("thêm `{language} = \"…\"` vào bảng này"),
                    format!("add `{language} = \"…\"` to this table"),
                ),
            ),
            Fault::UnknownLanguage { language, known } => (
                pick(
                    format!("ngôn ngữ `{language}` không có trong `languages`"),
                    format!("the language `{language}` is not among `languages`"),
                ),
                suggestion(vi, language, known),
            ),
            Fault::OutOfRange { key, least, most } => (
                pick(
                    format!("`{key}` phải từ {least} đến {most}"),
                    format!("`{key}` must be between {least} and {most}"),
                ),
                both(("sửa lại con số", "change the number")),
            ),
            Fault::Reversed { low, high } => (
                pick(format!("`{high}` nhỏ hơn `{low}`"), format!("`{high}` is less than `{low}`")),
                both(("đổi chỗ hai giá trị", "swap the two values")),
            ),
            Fault::NoSatisfiedLevel { scale } => (
                pick(
                    format!("thang `{scale}` không có mức nào được tính là hài lòng"),
                    format!("no level of the scale `{scale}` counts as satisfied"),
                ),
                both((
                    "thêm `satisfied = true` vào các mức hài lòng, hoặc bỏ `factor` nếu câu hỏi không chấm điểm",
                    "add `satisfied = true` to the satisfied levels, or remove `factor` if the question is not scored",
                )),
            ),
            Fault::NeverTrue => (
                both((
                    "không có câu trả lời nào làm điều kiện này đúng: những câu phụ thuộc vào nó sẽ không bao giờ được hỏi",
                    "no answers make this condition true: what depends on it would never be asked",
                )),
                both((
                    "xem lại các giá trị, và điều kiện của những câu mà nó nhắc đến",
                    "look again at its values, and at the conditions of the questions it names",
                )),
            ),
            Fault::PeriodsOverlap { id, from, until } => {
                let (from, until) = (super::day(language, *from), super::day(language, *until));
                (
                    pick(
                        format!("chỉ tiêu `{id}` đã có mức cho giai đoạn {from} – {until}, trùng với giai đoạn này"),
                        format!(
                            "the target `{id}` already has a threshold for {from} – {until}, which overlaps this period"
                        ),
                    ),
                    both((
                        "mỗi ngày chỉ có một mức: sửa `from` hoặc `until`",
                        "let there be one for each day: change `from` or `until`",
                    )),
                )
            }
            Fault::NotFivePoints { formula, scale } => (
                pick(
                    format!("công thức `{formula}` cần thang có các mức 1, 2, 3, 4, 5 điểm; thang `{scale}` thì khác"),
                    format!("`{formula}` needs levels worth 1, 2, 3, 4 and 5 points; the scale `{scale}` has others"),
                ),
                both((
                    "bỏ công thức này, hoặc ghi `points` cho từng mức",
                    "remove the formula, or write the `points` of each level",
                )),
            ),
            Fault::NotNineIndicators { items } => (
                pick(
                    format!(
                        "công thức `nine-indicators` cần đúng 9 nội dung, mỗi nội dung có các mức 0, 1, 2 điểm; ở đây có {items} nội dung tính điểm"
                    ),
                    format!(
                        "`nine-indicators` needs nine items with levels worth 0, 1 and 2 points; scored items here: {items}"
                    ),
                ),
                both((
                    "bỏ công thức này, hoặc ghi đủ 9 nội dung và `points` của từng mức",
                    "remove the formula, or write nine items and the `points` of each level",
                )),
            ),
            Fault::NoPercentage { formula } => (
                pick(
                    format!("`{formula}` không phải là tỷ lệ phần trăm nên không so được với chỉ tiêu"),
                    format!("`{formula}` is no percentage and cannot be compared with targets"),
                ),
                both(("đặt một công thức tỷ lệ lên đầu danh sách", "put a formula that gives a percentage first")),
            ),
            Fault::Misfit(misfit) => (both(misfit.words()), both(misfit.remedy())),
            Fault::EditionOver { until } => {
                let day = super::day(language, *until);
                (
                    pick(
                        format!("phiên bản này đã hết hiệu lực ngày {day}"),
                        format!("this edition was for use until {day}"),
                    ),
                    both(("soạn phiên bản mới, hoặc sửa `until`", "write the next edition, or change `until`")),
                )
            }
            Fault::TargetOver { id, until, next } => {
                let day = super::day(language, *until);
                let what = pick(
                    format!("chỉ tiêu `{id}` đã hết hiệu lực ngày {day}"),
                    format!("the target `{id}` was in force until {day}"),
                );
                let remedy = match next.map(|next| super::day(language, next)) {
                    Some(next) => pick(
                        format!(
                            "vẫn được dùng đến {next}, khi có mức mới; nếu có văn bản cho giai đoạn giữa, thêm vào targets.toml"
                        ),
                        format!(
                            "it goes on being used until {next}, when the next begins; if a document sets one for the time between, add it to targets.toml"
                        ),
                    ),
                    None => both((
                        "vẫn được dùng cho đến khi targets.toml có mức mới: thêm mức của giai đoạn hiện nay",
                        "it goes on being used until targets.toml has a later one: add the one for the present period",
                    )),
                };
                (what, remedy)
            }
            Fault::NothingScored => (
                both((
                    "có chỉ tiêu nhưng không có câu hỏi nào được tính điểm",
                    "there are targets, and no question is scored",
                )),
                both((
                    "thêm `factor` vào các câu đánh giá, hoặc bỏ `targets`",
                    "give the ratings a `factor`, or remove `targets`",
                )),
            ),
            Fault::NoSuchFields { id, fields } => (
                pick(
                    format!("chỉ tiêu `{id}` dành cho các lĩnh vực không có trong khảo sát này: {}", list(fields)),
                    format!("the target `{id}` is for fields that this survey does not have: {}", list(fields)),
                ),
                both((
                    "thêm các lĩnh vực đó vào câu hỏi có `attribute = \"field\"`, hoặc bỏ chỉ tiêu này",
                    "add them to the question with `attribute = \"field\"`, or remove the target",
                )),
            ),
            Fault::LonelyItem { factor } => (
                pick(
                    format!("yếu tố `{factor}` chỉ có một nội dung: tỷ lệ của yếu tố là tỷ lệ của một câu"),
                    format!("the factor `{factor}` has one item only: its share is the share of one question"),
                ),
                both(("thêm nội dung, hoặc gộp với yếu tố khác", "add items, or join it with another factor")),
            ),
            Fault::Unused { thing, id } => (
                pick(
                    format!("{} `{id}` không được dùng ở đâu", thing.words().0),
                    format!("the {} `{id}` is not used", thing.words().1),
                ),
                both(("dùng hoặc xoá đi", "use it or remove it")),
            ),
            Fault::ScoredAfterMore { main, items } => (
                pick(
                    format!(
                        "trên kiosk, {items} nội dung tính điểm sau câu `{main}` chỉ được hỏi khi `more` đúng: tỷ lệ sẽ lệch"
                    ),
                    format!(
                        "on a kiosk, {items} scored items after `{main}` are asked only where `more` holds: the shares would be biased"
                    ),
                ),
                both((
                    "bỏ `more`, hoặc đặt các nội dung tính điểm trước câu chính",
                    "remove `more`, or put scored items before the main question",
                )),
            ),
            Fault::SatisfiedBelow { text } => (
                pick(
                    format!("mức “{text}” được tính là hài lòng, còn một mức nhiều điểm hơn thì không"),
                    format!("the level “{text}” counts as satisfied, and one worth more points does not"),
                ),
                both((
                    "xem lại `satisfied` và `points` của các mức",
                    "look again at `satisfied` and `points` of the levels",
                )),
            ),
            Fault::SameText { text, first_line } => (
                pick(
                    format!("“{text}” đã có ở dòng {first_line}"),
                    format!("“{text}” is already there on line {first_line}"),
                ),
                both((
                    "có thể là lỗi sao chép: sửa hoặc xoá một trong hai",
                    "perhaps a copying fault: change or remove one of the two",
                )),
            ),
            Fault::Overlap { first, second } => (
                pick(
                    format!("khoảng “{second}” trùng với “{first}”"),
                    format!("the range “{second}” overlaps “{first}”"),
                ),
                both(("mỗi số chỉ thuộc một khoảng", "let every number be in one range only")),
            ),
            Fault::Condition { expected } => (
                pick(
                    format!("không đọc được điều kiện: ở đây cần {}", expected.words().0),
                    format!("the condition cannot be read: {} is expected here", expected.words().1),
                ),
                both((
                    "ví dụ: when = \"rating <= 2 and not (sex = male)\"",
                    "for instance: when = \"rating <= 2 and not (sex = male)\"",
                )),
            ),
            Fault::UnknownColumn { id, known } => (
                pick(
                    format!("điều kiện nhắc đến câu hỏi `{id}` không tồn tại"),
                    format!("the condition names a question `{id}` that does not exist"),
                ),
                suggestion(vi, id, known),
            ),
            Fault::LaterColumn { id } => (
                pick(
                    format!("điều kiện nhắc đến `{id}`, câu chưa được hỏi đến lúc này"),
                    format!("the condition names `{id}`, which has not been asked by then"),
                ),
                both((
                    "chuyển câu hỏi này xuống sau câu đó, hoặc dùng một câu hỏi trước",
                    "move this question after that one, or use an earlier question",
                )),
            ),
            Fault::MatrixInCondition { id, items } => (
                pick(
                    format!("`{id}` là một bảng nhiều câu, không có câu trả lời riêng"),
                    format!("`{id}` is a matrix and has no answer of its own"),
                ),
                pick(format!("dùng mã của một câu trong bảng: {}", list(items)), {
                    format!("name one of its items: {}", list(items))
                }),
            ),
            Fault::WrongTest { id, test } => (
                pick(
                    format!("`{id}` không dùng được với phép so sánh `{test}`"),
                    format!("`{test}` cannot be used with `{id}`"),
                ),
                both((
                    "câu nhiều lựa chọn dùng `has`; <, <=, >, >= chỉ dùng cho thang điểm và số; văn bản dùng answered(…)",
                    "several choices take `has`; <, <=, >, >= are for ratings and numbers; texts take answered(…)",
                )),
            ),
            Fault::UnknownValue { id, value, known } => (
                pick(format!("`{id}` không có câu trả lời `{value}`"), format!("`{id}` has no answer `{value}`")),
                suggestion(vi, value, known),
            ),
        }
    }
}
