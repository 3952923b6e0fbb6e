//! Clauses of real laws, paired as the amendments say: sixty pairs that were made by reading.

use crate::support::{Project, repository};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A law at two dates, and its pairs: clause before, clause after, verdict.
type Law<'a> = ([&'a str; 4], Vec<[&'a str; 3]>);

/// What `diff` says of two texts: kind, label before, label after.
fn differences(before: &str, after: &str) -> Vec<[String; 3]> {
    let project = Project::new("\n//- handbook.yaml\ntitle: 法律\nlanguage: zh-CN\n");
    let edition = |version: &str, text: &str| {
        format!(
            "---\ntitle: 法\nid: LAW\nstatus: in_force\nversion: '{version}'\neffective: 200{version}-01-01\n---\n\n{text}"
        )
    };
    project.write("editions/LAW/1.md", edition("1", before));
    project.write("content/law.md", edition("2", after));
    let run = project.run(&["diff", "LAW", "1", "2", "--format", "json"]).expect(0);
    let json: Value = serde_json::from_str(&run.stdout()).expect("JSON");
    let word = |row: &Value, key: &str| row[key].as_str().unwrap_or("-").to_owned();
    let rows = json["clauses"].as_array().expect("clauses");
    rows.iter().map(|row| ["kind", "from", "to"].map(|key| word(row, key))).collect()
}

/// Whether the differences say of a pair what the table does.
fn is_right(differences: &[[String; 3]], [from, to, verdict]: [&str; 3]) -> bool {
    let of = |at: usize, label: &str| differences.iter().find(|row| label != "-" && row[at] == label);
    let found = of(1, from).or_else(|| of(2, to));
    match found {
        // What is as it was is not told, under the same number.
        None => verdict == "same" && from == to,
        Some([kind, before, after]) => kind == verdict && before == from && after == to,
    }
}

#[test]
#[ignore = "needs laws of LawRefBook/Laws in the folder that HANDBOOK_LAWS names"]
fn clauses_of_ten_amendments_are_paired_as_people_pair_them() {
    let texts = PathBuf::from(std::env::var_os("HANDBOOK_LAWS").expect("HANDBOOK_LAWS"));
    let table = std::fs::read_to_string(repository().join("tests/fixtures/amendments.tsv")).expect("table");
    let mut laws: BTreeMap<[&str; 4], Vec<[&str; 3]>> = BTreeMap::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [folder, law, before, after, from, to, verdict] = cells[..] else { panic!("{line}") };
        laws.entry([folder, law, before, after]).or_default().push([from, to, verdict]);
    }
    let mut wrong = Vec::new();
    for (law, pairs) in &laws {
        let (law, pairs): Law<'_> = (*law, pairs.clone());
        let [folder, name, before, after] = law;
        let text = |date: &str| {
            let path = texts.join(folder).join(format!("{name}({date}).md"));
            std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        };
        let differences = differences(&text(before), &text(after));
        for pair in pairs.into_iter().filter(|pair| !is_right(&differences, *pair)) {
            let [from, to, _] = pair;
            let near: Vec<_> = differences.iter().filter(|row| row[1] == from || row[2] == to).collect();
            wrong.push(format!("{name} {pair:?}: {near:?}"));
        }
    }
    let count: usize = laws.values().map(Vec::len).sum();
    assert_eq!((laws.len(), count), (10, 60));
    assert!(wrong.len() <= 2, "{} of {count} are wrong:\n{}", wrong.len(), wrong.join("\n"));
    eprintln!("{} of {count} are right\n{}", count - wrong.len(), wrong.join("\n"));
}

/// An amendment of each kind in one: a clause put in, one deleted, one made two, one moved
/// from the end to the front, one slightly changed under a new number.
#[test]
fn an_amendment_of_every_kind_is_paired() {
    let before = "第一条 为了规范差旅费用，制定本办法。

第二条 出差应当事先经部门负责人批准。

第三条 住宿费每晚不超过三百元，凭发票报销；市内交通费按实际支出报销，每天不超过一百元，凭行程单报销。

第四条 出差人员应当在返回后十五日内报销，逾期由本人写明原因。

第五条 报销凭证由财务部保存十年。

第六条 本办法所称出差，是指离开常驻城市办理公务。
";
    let after = "第一条 为了规范差旅费用，制定本办法。

第二条 本办法所称出差，是指离开常驻城市办理公务。

第三条 员工不得借出差之名旅游。

第四条 住宿费每晚不超过四百元，凭发票报销。

第五条 市内交通费按实际支出报销，每天不超过一百元，凭行程单报销；夜间可以乘坐出租车，由部门负责人事后确认，并注明起止地点。

第六条 出差人员应当在返回后十日内报销，逾期由本人写明原因。

第七条 报销凭证由财务部保存十年。
";
    let rows = differences(before, after);
    let shown: Vec<String> = rows.iter().map(|row| row.join(" ")).collect();
    assert_eq!(
        shown,
        [
            "deleted 第二条 -",
            "moved 第六条 第二条",
            "added - 第三条",
            "added - 第四条",
            "changed 第三条 第五条",
            "changed 第四条 第六条",
            "renumbered 第五条 第七条"
        ]
    );
}
