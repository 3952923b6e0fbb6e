### 使用指南里列出全部检查规则的一页。

rules-page =
    ---
    title: 检查规则
    id: GUIDE-090
    summary: handbook check 检查什么，每一项有多严重，应当怎样改写。
    roles: {"["}制度管理员]
    owner: 制度管理员
    author: 制度管理员
    reviewer: 合规专员
    approver: 合规负责人
    kind: guide
    topics: {"["}手册编写]
    status: in_force
    version: "1.0"
    effective: 2026-11-28
    review_by: 2027-12-31
    revisions:
      - {"{"}version: "1.0", date: 2026-11-28, by: 制度管理员, note: 首次发布{"}"}
    related: {"["}GUIDE-190]
    order: 50
    glossary: false
    ---

    {"["}English version](en/rules.md)

    每条检查结果的方括号里都写着规则的代码，例如 `unknown-role`。用 `handbook explain unknown-role` 可以看到本页的说明。

    有**错误**时站点不会发布；**警告**只有加上 `--deny-warnings` 才会阻止发布；**提示**由 `handbook check` 列出。级别可以在 handbook.yaml 里改：

    ```yaml
    checks:
      unknown-title: off
      overdue: warning
    ```
rules-page-columns = | 规则 | 级别 | 检查什么 |
