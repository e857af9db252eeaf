// How the tip looks: a sheet of its own, so that no page's style reaches it and no page's policy has to allow it.
// Sizes are in em of the reader's own type size, as a page may set another one for itself.
export const LOOK = `
:host { all: initial !important; display: block !important; position: fixed !important; inset: 0 !important; z-index: 2147483647 !important; pointer-events: none !important; direction: ltr !important; }
:host([inside]) { position: absolute !important; z-index: 1 !important; }
:host([plain]) { position: static !important; pointer-events: auto !important; }
*, *::before, *::after { box-sizing: border-box; margin: 0; padding: 0; }
[hidden] { display: none !important; }
.root {
  --paper: #ffffff; --ink: #17212b; --soft: #4c5762; --hair: #dcd9d0; --edge: #79818a; --brass: #85600f; --head: #b98a24;
  --fill: #e3b34b; --fill-hover: #d9a536; --on-fill: #17212b; --wash: #f8eccb; --done: #27694a; --focus: #17212b; --halo: #e3b34b;
  --shade: 0 1px 2px rgb(23 33 43 / 10%), 0 10px 36px rgb(23 33 43 / 18%);
  color: var(--ink); font: 400 1em/1.5 "Source Sans 3 Variable", "Source Sans 3", system-ui, -apple-system, "Segoe UI", sans-serif; color-scheme: light dark;
  font-variant-numeric: tabular-nums; text-align: start; -webkit-text-size-adjust: 100%;
}
@media (prefers-color-scheme: dark) {
  .root { --paper: #182028; --ink: #ece9e2; --soft: #a8b1b9; --hair: #2b353f; --edge: #74808b; --brass: #e0b45c; --head: #e0b45c;
  --fill: #dcab45; --fill-hover: #e9bf66; --on-fill: #14110a; --wash: #3a2f14; --done: #8fcea9; --focus: #ece9e2; --halo: #85600f;
  --shade: 0 0 0 1px rgb(255 255 255 / 8%), 0 10px 36px rgb(0 0 0 / 50%); }
}
button, a, summary { font: inherit; color: inherit; letter-spacing: inherit; cursor: pointer; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; box-shadow: 0 0 0 6px var(--halo); }
h2:focus { outline: none; box-shadow: none; }
svg { display: block; flex: none; inline-size: 1.625em; block-size: 1.625em; }
svg line { stroke: var(--ink); stroke-width: 2; stroke-linecap: round; }
svg circle { fill: var(--head); }
.seen-by-readers { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.tab { position: absolute; inset-block-end: 22%; inset-inline-end: 0; display: flex; align-items: center; min-inline-size: 2.75em; min-block-size: 2.75em; padding-inline: 0.5em 0.4375em; border: 1px solid var(--edge); border-inline-end: 0; border-radius: 4px 0 0 4px; background: var(--paper); box-shadow: 0 1px 6px rgb(23 33 43 / 18%); pointer-events: auto; }
.tab-words { max-inline-size: 0; overflow: hidden; white-space: nowrap; font-size: 0.9375em; font-weight: 600; }
.tab:hover .tab-words, .tab:focus-visible .tab-words { max-inline-size: 16em; padding-inline-start: 0.5em; }

.panel { position: absolute; inset-block-end: 1em; inset-inline-end: 1em; inline-size: min(25em, 100% - 2em); max-block-size: calc(100% - 2em); overflow: auto; overscroll-behavior: contain; padding: 0 1.5em 0.75em; border: 1px solid var(--hair); border-radius: 4px; background: var(--paper); box-shadow: var(--shade); pointer-events: auto; }
.top { position: sticky; inset-block-start: 0; z-index: 1; display: flex; align-items: center; justify-content: space-between; gap: 0.5em; min-block-size: 3em; margin-inline: -1.5em; padding-inline: 1.5em 0.5em; background: var(--paper); }
.eyebrow { display: flex; flex-wrap: wrap; align-items: center; gap: 0 0.5em; font-size: 0.9375em; font-weight: 600; color: var(--brass); }
.eyebrow span { font-weight: 400; color: var(--soft); }
.eyebrow::before { content: ""; inline-size: 2em; block-size: 12px; background: radial-gradient(circle at calc(100% - 6px) 50%, var(--head) 5.5px, transparent 6px), linear-gradient(var(--edge), var(--edge)) left center / calc(100% - 8px) 1.5px no-repeat; }
.close { display: grid; place-items: center; inline-size: 2.75em; block-size: 2.75em; border: 0; border-radius: 4px; background: none; color: var(--soft); }
.close:hover { color: var(--ink); background: var(--wash); }
.close svg { inline-size: 1.25em; block-size: 1.25em; }
.close line { stroke: currentcolor; }
.words { display: grid; gap: 0.875em; }
h2 { font-size: 1.3125em; font-weight: 600; line-height: 1.25; letter-spacing: -0.005em; text-wrap: balance; overflow-wrap: anywhere; }
p { overflow-wrap: anywhere; white-space: pre-line; }
ol { display: grid; gap: 0.625em; list-style: none; counter-reset: step; }
li { position: relative; padding-inline-start: 2.125em; counter-increment: step; overflow-wrap: anywhere; }
li::before { content: counter(step); position: absolute; inset-inline-start: 0; inset-block-start: 0.0625em; inline-size: 1.6em; block-size: 1.6em; border: 1.5px solid var(--head); border-radius: 50%; font-size: 0.9375em; font-weight: 600; line-height: 1.4em; text-align: center; }
li:not(:last-child)::after { content: ""; position: absolute; inset-inline-start: 0.6875em; inset-block: 1.75em -0.4375em; inline-size: 1.5px; background: var(--hair); }
.now { justify-self: start; display: inline-flex; align-items: center; min-block-size: 2.75em; padding: 0.25em 1.125em; border-radius: 4px; background: var(--fill); color: var(--on-fill); font-weight: 600; text-decoration: none; }
.now:hover { background: var(--fill-hover); }
.said { display: grid; gap: 0.5em; padding-block-start: 1.25em; }
.answers { display: flex; flex-wrap: wrap; gap: 0.5em; }
.answers:empty { display: none; }
.answers button { flex: 1 1 auto; min-block-size: 2.9375em; padding: 0.25em 0.5em; border: 1px solid var(--edge); font-size: 0.9375em; border-radius: 4px; background: none; }
.answers button:hover { border-color: var(--ink); background: var(--wash); }
.effect { display: grid; gap: 0.25em; }
.effect:empty { display: none; }
.effect p:first-child { color: var(--done); font-weight: 600; }
.plain { justify-self: start; min-block-size: 2.75em; border: 0; background: none; color: inherit; text-decoration: underline; text-decoration-color: var(--head); text-underline-offset: 0.2em; }
.plain:hover { text-decoration-thickness: 2px; }
.foot { margin-block-start: 0.75em; border-block-start: 1px solid var(--hair); font-size: 0.9375em; color: var(--soft); }
summary { display: flex; align-items: center; gap: 0.5em; min-block-size: 2.9375em; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary::before { content: ""; inline-size: 0.5em; block-size: 0.5em; margin-inline: 0.125em 0.25em; border: solid var(--brass); border-width: 0 2px 2px 0; transform: rotate(-45deg); }
details[open] summary::before { transform: translateY(-2px) rotate(45deg); }
summary:hover { color: var(--ink); }
.why { display: grid; gap: 0.5em; padding-block-end: 0.5em; }
.links { display: flex; flex-wrap: wrap; align-items: center; gap: 0 1.25em; color: var(--ink); }
.links .plain { display: inline-flex; align-items: center; }

@media (max-width: 30em) {
  .panel { inset: auto 0 0; inline-size: 100%; max-block-size: min(85%, 100% - 2em); border-width: 1px 0 0; border-radius: 8px 8px 0 0; padding: 0 1.25em calc(0.75em + env(safe-area-inset-bottom)); }
  .top { margin-inline: -1.25em; padding-inline: 1.25em 0.5em; }
}
@media (prefers-reduced-motion: no-preference) {
  .tab-words { transition: max-inline-size 160ms, padding 160ms; }
  .panel { animation: unfold 160ms ease-out; }
  .tab { animation: arrive 200ms ease-out; }
  @keyframes unfold { from { transform: translateX(1.5em); opacity: 0; } }
  @keyframes arrive { from { transform: translateX(100%); } }
}
@media (forced-colors: active) {
  .tab, .panel, .now { border: 1px solid ButtonText; }
  svg circle { fill: Highlight; }
}
@media print { .root { display: none; } }
`;
