/** The look of report.html: light and dark by the reader's setting, plain on paper. */

export const STYLE = `
:root{color-scheme:light dark;--bg:#fbfbfa;--card:#fff;--ink:#1c1f23;--soft:#646b75;--line:#dfe2e6;--pass:#1a7f42;--fail:#c02b2b;--broken:#8a3ab9;--inconclusive:#a06a00;--notRun:#707780;--level:#1b4f9c;--either:#f0b42933;--rail:#2e9e5b2e;--code:#f1f3f5;--drive:#7b5b9e;--cursor-a:#0b7285;--cursor-b:#b5400f}
@media (prefers-color-scheme:dark){:root{--bg:#14171a;--card:#1b1f24;--ink:#e6e9ed;--soft:#98a1ac;--line:#30363d;--pass:#4cc27a;--fail:#ff7b72;--broken:#c89bf0;--inconclusive:#e0ac45;--notRun:#98a1ac;--level:#79b4ff;--either:#f0b42938;--rail:#3fb9503d;--code:#22272e;--drive:#b79be0;--cursor-a:#3bc9db;--cursor-b:#ffa94d}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:1220px;margin:0 auto;padding:8px 20px 60px}main>.banner{margin-top:20px}
h1{font-size:19px;margin:0;font-weight:600}h2{font-size:17px;margin:34px 0 10px}h3{font-size:15px;margin:20px 0 6px}
a{color:inherit}code,.mono{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:13px;overflow-wrap:anywhere}
.soft{color:var(--soft)}.tone{color:var(--v)}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:-999px}.skip:focus{left:12px;top:8px;background:var(--card);padding:6px 12px;z-index:9}
:focus-visible{outline:2px solid var(--level);outline-offset:2px}
body>.banner,body>nav{max-width:1180px;margin:20px auto 0;width:calc(100% - 40px)}body>nav{display:flex;flex-wrap:wrap;gap:4px 18px;margin-top:10px;font-size:14px}nav a{color:var(--soft)}
.strip{display:flex;flex-wrap:wrap;gap:3px;list-style:none;margin:0 0 12px;padding:0}.strip a{display:block;width:20px;height:20px;border-radius:4px;background:var(--v)}.strip .notRun a{background:none;border:1.5px dashed var(--v)}.strip .pass a{opacity:.55}.strip a:hover{opacity:1}
.wrong{list-style:none;margin:0;padding:0}.wrong li{overflow-wrap:anywhere;border-left:4px solid var(--v);background:var(--card);border-radius:4px;padding:7px 14px;margin:6px 0;font-size:16px}
details.more{margin:10px 0}details.more>summary{cursor:pointer;padding:4px 0}
button{font:inherit;font-size:13px;color:var(--ink);background:var(--code);border:1px solid var(--line);border-radius:6px;padding:2px 10px;cursor:pointer}button:hover{border-color:var(--soft)}button.jump{margin:2px 0 6px}
.banner{display:flex;flex-wrap:wrap;gap:6px 22px;align-items:center;padding:18px 22px;background:var(--card);border:1px solid var(--line);border-left:8px solid var(--v);border-radius:8px}
.banner .word{margin:0;font-size:32px;font-weight:750;letter-spacing:.02em;color:var(--v);text-transform:uppercase;line-height:1.1}
.banner p{margin:0;flex:1 1 320px;min-width:0;overflow-wrap:anywhere}
.simulated{border:2px dashed var(--inconclusive);color:var(--inconclusive);border-radius:6px;padding:3px 10px;font-weight:650}
.pass{--v:var(--pass)}.fail{--v:var(--fail)}.broken{--v:var(--broken)}.inconclusive{--v:var(--inconclusive)}.notRun{--v:var(--notRun)}
.pill{display:inline-block;min-width:92px;text-align:center;padding:1px 9px;border-radius:99px;border:1px solid var(--v);color:var(--v);font-weight:600;font-size:13px}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;background:var(--card);border:1px solid var(--line);border-radius:8px;font-size:14px}
th,td{text-align:left;vertical-align:top;padding:7px 11px;border-top:1px solid var(--line)}
thead th{border-top:0;color:var(--soft);font-weight:550;font-size:13px}td.num,th.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
tbody th{font-weight:500;color:var(--soft);white-space:nowrap;width:1%}.wide table:not(:has(thead)) :is(td,th){white-space:normal;overflow-wrap:anywhere}.wide table:not(:has(thead)) th{min-width:112px;width:16%}
details.case{background:var(--card);border:1px solid var(--line);border-left:5px solid var(--v);border-radius:8px;margin:14px 0;padding:0 18px}
details.case>summary{cursor:pointer;padding:11px 0;font-weight:600;overflow-wrap:anywhere}details.case>summary .pill{margin-right:10px}details.case[open]{padding-bottom:16px}
.finding{border-left:3px solid var(--v);padding:2px 0 2px 13px;margin:12px 0}
.finding p{margin:0 0 4px}.finding dl{display:grid;grid-template-columns:max-content 1fr;gap:1px 14px;margin:4px 0}dt{color:var(--soft)}dd{margin:0}
details.following{margin:10px 0;color:var(--soft)}details.following>summary{cursor:pointer}
ul.plain{margin:6px 0;padding-left:20px}
.question{margin:10px 0}.question img{display:block;max-width:min(100%,480px);max-height:320px;border:1px solid var(--line);border-radius:6px;margin:0 0 6px}.question dl{display:grid;grid-template-columns:max-content 1fr;gap:1px 14px;margin:4px 0}
.drawing{display:block;width:100%;height:auto;margin:10px 0 4px}
.drawing text{font:11px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;fill:var(--soft)}.drawing .tick{text-anchor:middle}.drawing .name{text-anchor:end;fill:var(--ink);font-weight:600}.drawing .before{text-anchor:end}
.drawing .grid{stroke:var(--line)}.drawing .axis{stroke:var(--soft)}.drawing .step{stroke:var(--soft);stroke-dasharray:2 3}
.drawing .after{fill:var(--line);opacity:.5}.drawing .level{fill:none;stroke:var(--level);stroke-width:2}.drawing .either{fill:var(--either)}.drawing .rail{fill:var(--rail)}
.drawing .window{fill:none;stroke:var(--pass);stroke-width:2.5}.drawing .flag{fill:none;stroke:var(--fail);stroke-width:2.5}
.legend{font-size:12.5px;color:var(--soft);margin:0 0 8px}.legend i{display:inline-block;width:22px;height:10px;margin:0 5px 0 12px;vertical-align:-1px}.legend i:first-child{margin-left:0}
.gauge{width:150px;height:16px;vertical-align:middle}.gauge .range{fill:var(--rail)}.gauge .value{stroke:var(--v);stroke-width:3}.gauge .spread{stroke:var(--v);stroke-width:1.5}.gauge .track{stroke:var(--line)}
@media screen and (max-width:700px){.wide table:has(thead){min-width:640px}.wide table:not(:has(thead)) tr>*{padding:6px 7px}.wide table:not(:has(thead)) th{min-width:96px}.gauge{width:64px}.pill{min-width:64px}}
@media print{:root{color-scheme:light;--bg:#fff;--card:#fff;--ink:#1c1f23;--soft:#565d66;--line:#cfd3d8;--pass:#1a7f42;--fail:#c02b2b;--broken:#8a3ab9;--inconclusive:#8a5a00;--notRun:#565d66;--level:#1b4f9c;--either:#f0b42933;--rail:#2e9e5b2e;--code:#f1f3f5}*{print-color-adjust:exact}main,body>.banner{max-width:none;padding-left:0;padding-right:0}body>.banner{width:auto;padding:12px 16px;margin-top:0}body>nav,.skip,button.jump{display:none}svg,tr,.finding dl,h2,h3,summary{break-inside:avoid}h2,h3,summary{break-after:avoid}details.case::details-content{content-visibility:visible;block-size:auto}.wide{overflow:visible}}
`;
