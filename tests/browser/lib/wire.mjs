// What a page costs over the wire: bytes and first contentful paint, through the browser's own protocol.
import assert from "node:assert/strict";

/** Counts from now on; `slow` lets everything through a school's thin line. */
export async function meter(page, { slow = false } = {}) {
  const session = await page.context().newCDPSession(page);
  let bytes = 0;
  let requests = 0;
  session.on("Network.loadingFinished", (event) => { bytes += event.encodedDataLength; requests += 1; });
  await session.send("Network.enable");
  if (slow) {
    const rate = (1.6 * 1e6) / 8;
    await session.send("Network.emulateNetworkConditions", { offline: false, latency: 150, downloadThroughput: rate, uploadThroughput: rate });
  }
  /** Goes there with an empty cache: { bytes, requests, paint } in bytes and milliseconds. */
  const cold = async (address) => {
    await session.send("Network.clearBrowserCache");
    bytes = 0;
    requests = 0;
    await page.goto(address, { waitUntil: "load" });
    assert.equal(page.url(), address, "no other page came");
    const painted = await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
    return { bytes, requests, paint: await painted.jsonValue() };
  };
  return { cold, stop: () => session.detach() };
}
