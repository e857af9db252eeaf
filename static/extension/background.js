// Looks once an hour whether the rules are old, and whenever a tip is about to come. It sees no tab and no page.
import { ALARM, browser, currentTips, latestTips } from "./rules.js";

browser.runtime.onInstalled.addListener(async ({ reason }) => {
  await browser.alarms.create(ALARM, { periodInMinutes: 60 });
  if (reason === "install") await browser.runtime.openOptionsPage();
});
browser.runtime.onStartup.addListener(() => browser.alarms.create(ALARM, { periodInMinutes: 60 }));
browser.alarms.onAlarm.addListener((alarm) => { if (alarm.name === ALARM) currentTips(); });
browser.runtime.onMessage.addListener((message, _sender, answer) => {
  if (message !== ALARM) return false;
  latestTips().then(() => answer(true), () => answer(false));
  return true; // the answer comes later
});
