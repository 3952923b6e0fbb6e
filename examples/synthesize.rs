//! Makes a handbook of N chapters, to see how time, memory and page weight grow.
//!
//!     cargo run --release --example synthesize -- N [DIR] [--code] [--broken M]
//!
//! The chapters are made up, but of the shape of real rules: 8 to 40 clauses of a
//! few sentences, tables and items here and there, references to other chapters
//! and clauses as people write them, roles and departments, a life cycle. The same
//! N gives the same handbook. DIR (default: `synthetic-N`) must be empty or new.
//! With `--code` each chapter ends in eight blocks of code, as the handbook of a
//! department of engineers does. With `--broken M` each chapter has M mistakes of every
//! kind that a handbook brings along from another tool: dead links, keys that nothing
//! reads, wrong names, raw HTML, markup of that tool; and a block of code.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

const PLACES: [&str; 12] =
    ["华东", "华南", "华北", "华中", "西南", "西北", "东北", "海外", "总部", "门店", "仓储", "线上"];
const WORK: [&str; 16] = [
    "采购", "销售", "客服", "财务", "人事", "运维", "安全", "合规", "物流", "市场", "研发", "质量", "培训",
    "档案", "设备", "食堂",
];
const MATTERS: [&str; 14] = [
    "审批",
    "报销",
    "考勤",
    "备份",
    "投诉处理",
    "合同",
    "印章",
    "供应商",
    "值班",
    "应急响应",
    "数据导出",
    "盘点",
    "绩效考核",
    "访客接待",
];
const KINDS: [(&str, &str); 5] = [
    ("管理制度", "policy"),
    ("操作流程", "procedure"),
    ("技术标准", "standard"),
    ("工作指引", "guide"),
    ("实施细则", "policy"),
];
const SENTENCES: [&str; 18] = [
    "申请人应当在事项发生前三个工作日提交书面申请，写明事由、金额和期限。",
    "部门负责人自收到申请之日起两个工作日内审核，逾期未审核的，视为退回。",
    "涉及个人信息的，只收集办理事项所必需的内容，并在办结后六个月内删除。",
    "金额超过五万元的，由分管领导批准；超过二十万元的，由总经理办公会决定。",
    "办理过程中的记录保存三年，任何人不得擅自修改或者销毁。",
    "发生异常情况的，经办人应当立即停止操作，并在一小时内向值班负责人报告。",
    "每季度末由归口部门组织检查，检查结果向各部门通报。",
    "违反规定造成损失的，按照损失的大小承担相应的责任。",
    "新入职人员在上岗前应当完成培训，并通过考试。",
    "供应商的准入、评价和退出，由采购人员会同使用部门办理。",
    "系统账号实行一人一号，离职或者转岗的，当日停用。",
    "节假日值班由各部门排定，值班表提前一周公布。",
    "外部人员进入办公区域，应当登记并由接待人全程陪同。",
    "数据每日自动备份，备份介质异地存放，每半年做一次恢复演练。",
    "合同文本使用公司统一的范本，确需修改的，由法务人员审查。",
    "客户投诉应当在二十四小时内首次答复，七日内办结。",
    "资产每年盘点一次，账实不符的，查明原因后处理。",
    "本条所称工作日，不包括法定节假日和公休日。",
];

/// Lines of code by language; `§` becomes a number.
const CODE: [(&str, [&str; 6]); 7] = [
    (
        "python",
        [
            "def step_§(order, limit=§):",
            "    if order.amount > limit and order.state != \"paid\":",
            "        raise ValueError(f\"order {order.id} is above {limit}\")",
            "    return [item.price * § for item in order.items]",
            "# the limit of § comes from the rule",
            "@retry(times=§, on=(TimeoutError, ConnectionError))",
        ],
    ),
    (
        "java",
        [
            "public class Order§ extends Base<Item, List<String>> {",
            "    private final Map<String, Integer> prices§ = new HashMap<>();",
            "    /** The sum without tax, in cents; see rule §. */",
            "    @Override public long sum() { return prices§.values().stream().mapToLong(v -> v).sum(); }",
            "    String name() { return \"order-\" + id + '§'; } // never null",
            "}",
        ],
    ),
    (
        "bash",
        [
            "set -euo pipefail # step §",
            "for file in \"$folder\"/*.log; do gzip -§ \"$file\" || exit 1; done",
            "if [ \"${#LIST[@]}\" -gt § ] && ! grep -q 'done' <<< \"$(status)\"; then",
            "  printf '%s\\n' \"too many: $count\" >&2",
            "fi",
            "curl --silent --max-time § \"https://example.com/api/v§?id=${id}\" | jq -r '.items[]'",
        ],
    ),
    (
        "yaml",
        [
            "service-§:",
            "  image: \"registry.example/service:§\" # pinned",
            "  replicas: §",
            "  environment: {LEVEL: info, LIMIT: '§'}",
            "  ports: [\"80:§\"]",
            "  enabled: true",
        ],
    ),
    (
        "sql",
        [
            "SELECT o.id, SUM(i.price * §) AS total FROM orders o",
            "  LEFT JOIN items i ON i.order_id = o.id AND i.kind IN ('a', 'b§')",
            "  WHERE o.created >= DATE '2026-01-01' -- since rule §",
            "  GROUP BY o.id HAVING COUNT(*) > § ORDER BY total DESC LIMIT §;",
            "CREATE INDEX idx_§ ON orders (created, state);",
            "UPDATE orders SET state = 'closed' WHERE id = §;",
        ],
    ),
    (
        "javascript",
        [
            "export async function load§(page, { limit = § } = {}) {",
            "  const answer = await fetch(`/api/orders?page=${page}&limit=${limit}`);",
            "  if (!answer.ok) throw new Error('status ' + answer.status); // §",
            "  return (await answer.json()).map((order) => ({ ...order, id: order.id + § }));",
            "}",
            "const pattern§ = /^[A-Z]{2}-\\d+$/u;",
        ],
    ),
    (
        "json",
        [
            "{\"id\": §, \"state\": \"paid\", \"items\": [",
            "  {\"name\": \"part §\", \"price\": §.50, \"stock\": true},",
            "  {\"name\": \"part\\u4e00\", \"price\": null}],",
            " \"limits\": {\"day\": §, \"month\": §e3},",
            " \"tags\": [\"a\", \"b§\"]",
            "}",
        ],
    ),
];

/// Numbers that look random and are the same each time (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % limit.max(1) as u64).unwrap_or(0)
    }

    fn of(&mut self, list: &[&'static str]) -> &'static str {
        list[self.below(list.len())]
    }
}

/// What chapters hold besides rules.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Extras {
    /// Blocks of code.
    pub(crate) code: bool,
    /// Mistakes of each kind.
    pub(crate) broken: usize,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut extras = Extras::default();
    let mut plain = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--code" => extras.code = true,
            "--broken" => extras.broken = arguments.next().ok_or("--broken needs a number")?.parse()?,
            _ => plain.push(argument),
        }
    }
    let mut arguments = plain.into_iter();
    let usage = "usage: synthesize N [DIR] [--code] [--broken M]";
    let count: usize = arguments.next().ok_or(usage)?.parse()?;
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| format!("synthetic-{count}")));
    if folder.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(format!("{} is not empty", folder.display()).into());
    }
    write(&folder, count, extras)?;
    println!("{count} chapters in {}", folder.display());
    Ok(())
}

/// Writes the handbook; a test makes small ones in the same way.
pub(crate) fn write(folder: &Path, count: usize, extras: Extras) -> io::Result<()> {
    let content = folder.join("content");
    fs::create_dir_all(&content)?;
    fs::write(folder.join("handbook.yaml"), "title: 合成手册\nlanguage: zh-CN\n")?;
    fs::write(folder.join("organization.yaml"), organization(count))?;
    let mut random = Random(count as u64);
    for at in 0..count {
        // Some 60 chapters a folder, so that no folder grows with the handbook.
        let section = content.join(format!("{:03}", at / 60 / 60)).join(format!("{:03}", at / 60 % 60));
        if at % 60 == 0 {
            fs::create_dir_all(&section)?;
        }
        let mut text = chapter(at, count, &mut random);
        if extras.broken > 0 {
            text = broken(&text, at, extras.broken, &mut random);
        }
        for _ in 0..if extras.code { 8 } else { usize::from(extras.broken > 0) } {
            code(&mut text, &mut random);
        }
        fs::write(section.join(format!("{at:06}.md")), text)?;
    }
    Ok(())
}

/// How many departments there are: more chapters, more departments.
fn departments(count: usize) -> usize {
    (count / 50).clamp(4, 400)
}

fn organization(count: usize) -> String {
    let mut yaml = String::from("departments:\n");
    for at in 0..departments(count) {
        let name = format!("{}{}{}部", PLACES[at % 12], WORK[at / 12 % 16], ["", "二", "三"][at / 192 % 3]);
        let _ = writeln!(yaml, "  - {{id: D{at}, name: {name}{}}}", parent(at));
    }
    yaml.push_str("roles:\n");
    for at in 0..departments(count) * 2 {
        let name = ["专员", "主管"][at % 2];
        let _ = writeln!(yaml, "  - {{id: R{at}, name: {name}{at}, department: D{}}}", at / 2);
    }
    yaml
}

fn parent(at: usize) -> String {
    if at < 4 { String::new() } else { format!(", parent: D{}", at / 4) }
}

/// The title of a chapter, which all others can know.
fn title(at: usize) -> String {
    let (kind, _) = KINDS[at % 5];
    format!(
        "{}{}{}{kind}{}",
        PLACES[at / 5 % 12],
        WORK[at / 60 % 16],
        MATTERS[at / 960 % 14],
        number(at / 13_440)
    )
}

fn number(at: usize) -> String {
    if at == 0 { String::new() } else { format!("（第{at}号）") }
}

fn chapter(at: usize, count: usize, random: &mut Random) -> String {
    let clauses = 8 + random.below(33);
    let mut text = format!(
        "---\ntitle: {}\nid: S-{at:06}\nsummary: {}\ndepartments: [D{}]\nroles: [R{}]\nkind: {}\nstatus: {}\nversion: \"1.{}\"\neffective: 2026-0{}-01\ntopics: [{}]\n---\n",
        title(at),
        random.of(&SENTENCES),
        random.below(departments(count)),
        random.below(departments(count) * 2),
        KINDS[at % 5].1,
        ["in_force", "in_force", "in_force", "approved", "retired"][random.below(5)],
        random.below(9),
        1 + random.below(9),
        random.of(&MATTERS),
    );
    for clause in 1..=clauses {
        if clause % 8 == 1 {
            let heading = ["总则", "职责", "程序", "监督", "附则"][(clause / 8).min(4)];
            let _ = write!(text, "\n## 第{}章 {heading}\n", chinese(clause / 8 + 1));
        }
        let _ = write!(text, "\n第{}条 {}", chinese(clause), random.of(&SENTENCES));
        for _ in 0..random.below(4) {
            text.push_str(random.of(&SENTENCES));
        }
        match random.below(6) {
            0 => {
                let other = title(random.below(count));
                let _ = write!(text, "具体按照《{other}》第{}条办理。", chinese(1 + random.below(8)));
            }
            1 if clause > 1 => {
                let _ = write!(text, "例外适用本规定第{}条。", chinese(1 + random.below(clause - 1)));
            }
            2 => {
                text.push_str("\n\n下列情形除外：\n");
                for item in 1..=3 {
                    let _ = write!(text, "\n（{}）{}\n", chinese(item), random.of(&SENTENCES));
                }
            }
            3 if clause % 8 == 0 => {
                text.push_str("\n\n| 事项 | 时限 | 责任人 |\n| --- | --- | --- |\n");
                for _ in 0..4 {
                    let _ = writeln!(
                        text,
                        "| {} | {} 日 | {} |",
                        random.of(&MATTERS),
                        1 + random.below(30),
                        random.of(&WORK)
                    );
                }
            }
            _ => {}
        }
        text.push('\n');
    }
    text
}

/// A chapter with mistakes: `count` of each kind, in its front matter and at its end.
fn broken(text: &str, at: usize, count: usize, random: &mut Random) -> String {
    let mut head = String::new();
    let mut tail = String::from("\n## 其他\n\n");
    for number in 0..count {
        // Keys that all chapters have, and keys of their own.
        let _ = writeln!(head, "{}{number}: {at}", random.of(&["weight", "sidebar", "layout", "toc"]));
        let _ = writeln!(head, "key{at}x{number}: true");
        let near = random.below(1_000_000);
        let _ = writeln!(tail, "见[{near}](../{:03}/{near:06}.md)，[旧文](old/{near}.html#a)，", near % 60);
        let _ = writeln!(tail, "[[{}的规定]]，《{}管理办法{near}》，", title(near % 5_000), random.of(&WORK));
        let _ = writeln!(tail, "[锚](#第{near}节)，![图](img/{near}.png)，");
        let _ = writeln!(
            tail,
            "<div class=\"x\" onclick=\"y()\">{near}</div> {{{{< note {near} >}}}} <font>甲</font>\n"
        );
    }
    // An unknown role under `roles` is an error, and the book is to be built.
    let owners: Vec<String> = (0..count).map(|_| format!("专圆{}", random.below(1_000))).collect();
    let _ = writeln!(head, "owner: [{}]", owners.join(", "));
    let text = text.replacen("---\n", &format!("---\n{head}"), 1);
    text + &tail
}

/// Adds a block of 10 to 40 lines.
fn code(text: &mut String, random: &mut Random) {
    let (language, lines) = CODE[random.below(CODE.len())];
    let _ = writeln!(text, "\n```{language}");
    for at in 0..10 + random.below(31) {
        text.push_str(&lines[at % lines.len()].replace('§', &random.below(100).to_string()));
        text.push('\n');
    }
    text.push_str("```\n");
}

/// A Chinese numeral below 100.
fn chinese(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (number / 10 % 10, number % 10) {
        (0, ones) => DIGITS[ones].to_owned(),
        (1, ones) => format!("十{}", DIGITS[ones]),
        (tens, ones) => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
    }
}
