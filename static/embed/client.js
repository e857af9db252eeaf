// The hub, as a page asks it: never with cookies, never with a word about the page.
const KEY = "hatpin";
const PASS = "hatpin-pass";
const POPUP_NAME = "hatpin-connect";
const POPUP = "popup,width=480,height=720";

function kept(storage, name) {
  try { return storage().getItem(name); } catch { return null; } // switched off by the reader or the page
}

function keep(storage, name, value) {
  try {
    if (value === null) storage().removeItem(name);
    else storage().setItem(name, value);
  } catch { /* then it is known until the page is left */ }
}

const browser = () => window.localStorage;
const tab = () => window.sessionStorage;

export function recall() { return kept(browser, KEY); }

export function remember(memory) { keep(browser, KEY, JSON.stringify(memory)); }

/** `hub` is the hub's origin. */
export function clientOf(hub) {
  let token = kept(tab, PASS);

  function setToken(value) {
    token = value;
    keep(tab, PASS, value);
  }

  async function call(path, options = {}) {
    const headers = { ...options.headers, ...(options.isOpen ? {} : { Authorization: `Bearer ${token}` }) };
    const answer = await fetch(hub + path, {
      method: options.method ?? "GET", body: options.body, headers,
      mode: "cors", credentials: "omit", referrerPolicy: "no-referrer", keepalive: Boolean(options.body),
    });
    if (answer.status === 401) setToken(null); // over, or taken back
    if (!answer.ok) throw new Error(`the hub answers ${answer.status}`);
    return answer.json();
  }

  return {
    isConnected: () => Boolean(token),

    rules: (language) => call(`/embed/rules.json?lang=${language}`, { isOpen: true }),

    /** What the hub says of the person; null without a pass. */
    async mayShow() {
      if (!token) return null;
      try {
        const { token: later, ...answer } = await call("/embed/may-show/");
        if (later) setToken(later);
        return answer;
      } catch (error) {
        if (!token) return null;
        throw error;
      }
    },

    /** Whether it is kept where it should be: without a pass nothing is told and nothing is missing. */
    async tell(tip, response) {
      if (!token) return true;
      const body = JSON.stringify({ tip: tip.id, response, rivals: tip.rivals });
      const headers = { "Content-Type": "application/json" };
      try { await call("/embed/answer/", { method: "POST", body, headers }); } catch { return false; }
      return true;
    },

    /** Opens the hub's own small window; there one is signed in and agrees, and it hands the pass over. */
    connect(done) {
      const popup = window.open("", POPUP_NAME, POPUP);
      // By a link: `window.open` would name this page to the hub if its own policy says so.
      const link = document.createElement("a");
      link.href = `${hub}/embed/connect/?origin=${encodeURIComponent(window.location.origin)}`;
      link.target = POPUP_NAME;
      link.rel = "opener";
      link.referrerPolicy = "no-referrer";
      link.click();
      window.addEventListener("message", function receive(event) {
        if (event.origin !== hub || event.source !== popup || typeof event.data?.hatpinPass !== "string") return;
        window.removeEventListener("message", receive);
        setToken(event.data.hatpinPass);
        done();
      });
    },

    disconnect: () => setToken(null),
  };
}
