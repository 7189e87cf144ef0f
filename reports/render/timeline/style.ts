/** The look of a timeline: the live picture on a screen, the still one on paper and without script. */

export const TIMELINE_STYLE = `
.timeline{margin:8px 0 4px}.timeline canvas,.timeline .bar,.timeline .pointed,.timeline .measured{display:none}
.timeline.live canvas{display:block;width:100%;touch-action:pan-y;cursor:crosshair;border-radius:6px}.timeline.live .bar{display:flex;flex-wrap:wrap;gap:6px 16px;margin-bottom:4px}.timeline .bar span{display:flex;gap:4px}
.timeline.live .pointed,.timeline.live .measured{display:block;min-height:1.5em;margin:2px 0;font-size:13px;font-variant-numeric:tabular-nums;color:var(--soft)}.timeline.live .measured{color:var(--ink);font-weight:600;white-space:pre-wrap}
.timeline.live .still{display:none}
@media (scripting:enabled){.timeline .still{display:none}.timeline canvas{display:block;width:100%;height:240px;min-height:240px}}
.timeline.plain .still{display:block}.timeline.plain canvas,.timeline.plain .bar{display:none}
.edges{margin:4px 0}.edges summary{cursor:pointer;color:var(--soft);font-size:13px}.edges .wide{max-height:420px;overflow:auto}.edges td{padding:3px 9px;font-size:13px;font-variant-numeric:tabular-nums}
.legend i.l-level{background:var(--level);height:3px;vertical-align:3px}.legend i.l-rail{background:var(--rail)}.legend i.l-either{background:var(--either)}.legend i.l-window{border:1.5px solid var(--pass);border-top:0;height:6px}.legend i.l-probe{background:var(--soft);height:4px;width:8px;vertical-align:2px}.legend i.l-flag{width:10px;border:2.5px solid var(--fail);border-radius:9px}.legend i.l-drive{background:var(--drive);height:2px;vertical-align:3px}
@media print{.timeline canvas,.timeline.live canvas,.timeline.live .bar,.timeline.live .pointed,.timeline.live .measured,.edges,.timeline .packed{display:none}.timeline .still,.timeline.live .still{display:block}}
`;
