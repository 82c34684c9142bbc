/** How the page looks: light and dark by what the reader's system says, one column on a phone, ink saved on paper. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #fff; --raised: #f4f6f8; --line: #c5ccd3; --ink: #16191d; --soft: #4d5763;
  --drift: #a3121f; --action: #7a4a00; --access: #7a1fa2; --pending: #0a5a78; --noise: #4d5763; --good: #14602b;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #14171a; --raised: #1e2327; --line: #46505a; --ink: #e9edf0; --soft: #b0bac4;
    --drift: #ff9a9f; --action: #ffc46b; --access: #dfa3ff; --pending: #7fd0f0; --noise: #b0bac4; --good: #8fdda6;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
header, main, footer { max-width: 72rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
h1, h2, h3, p, li, td, th, dd, summary { overflow-wrap: anywhere; }
p { margin: .25rem 0; }
code, pre { font: .9em/1.45 ui-monospace, monospace; }
code { background: var(--raised); padding: .05em .3em; border-radius: .2em; }
pre { background: var(--raised); border: 1px solid var(--line); padding: .5rem; margin: .5rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.facts { list-style: none; padding: 0; margin: .75rem 0 0; display: flex; flex-wrap: wrap; gap: .4rem; }
.facts li { background: var(--raised); border: 1px solid var(--line); border-radius: 1rem; padding: .1rem .7rem; font-size: .9rem; }
.soft, caption, footer { color: var(--soft); font-size: .9rem; }
.kind { font-weight: 700; }
.drift { color: var(--drift); } .action { color: var(--action); } .access { color: var(--access); }
.pending { color: var(--pending); } .noise { color: var(--noise); } .exit0 { color: var(--good); }
.exit1 { color: var(--action); } .exit2 { color: var(--drift); }
table { width: 100%; border-collapse: collapse; }
caption { text-align: start; padding-bottom: .4rem; }
th, td { text-align: start; vertical-align: top; padding: .5rem .6rem; border-bottom: 1px solid var(--line); }
thead th { background: var(--raised); }
tbody th { font-weight: 600; }
.amount { text-align: end; font-variant-numeric: tabular-nums; }
.changes col.who { width: 22%; } .changes col.what { width: 32%; }
.changes { table-layout: fixed; }
.bar { display: block; width: 100%; height: .8rem; }
.bar .track { fill: var(--raised); stroke: var(--line); } .bar .fill { fill: var(--pending); }
.bar .due { fill: var(--action); } .bar .over { fill: var(--drift); } .bar .tick { stroke: var(--line); }
.when { width: 40%; }
details > summary { cursor: pointer; }
@media (max-width: 40rem) {
  table, caption, tbody, tr, th, td { display: block; width: 100%; }
  .changes col.who, .changes col.what, .when { width: auto; }
  colgroup { display: none; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tbody tr { border: 1px solid var(--line); border-radius: .4rem; margin-bottom: .75rem; padding: .25rem .5rem; }
  tbody th, tbody td { border: 0; padding: .25rem 0; text-align: start; }
  tbody [data-label]::before { content: attr(data-label) ": "; color: var(--soft); font-weight: 400; }
}
@media print {
  :root { --ground: #fff; --raised: #fff; --ink: #000; --soft: #333; }
  tr, li, pre { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
}
`;
