### The page of the guide that lists every rule.

rules-page =
    ---
    title: Rules
    id: GUIDE-190
    summary: What handbook check looks at, how serious each finding is, and what to write instead.
    language: en
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
      - {"{"}version: "1.0", date: 2026-11-28, by: 制度管理员, note: First published{"}"}
    related: {"["}GUIDE-090]
    order: 50
    glossary: false
    ---

    {"["}中文版](../rules.md)

    Every finding names its rule in brackets, for example `unknown-role`. `handbook explain unknown-role` prints what stands here.

    An **error** keeps a site from being published, a **warning** does so only with `--deny-warnings`, a **note** is shown by `handbook check`. Another level is set in handbook.yaml:

    ```yaml
    checks:
      unknown-title: off
      overdue: warning
    ```
rules-page-columns = | Rule | Level | What it finds |
