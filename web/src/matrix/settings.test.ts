import assert from "node:assert/strict";
import test from "node:test";
import { isOpen, readSettings, type Settings, settingsAddress, toggled } from "./settings";

function throughAddress(settings: Settings): Settings {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(settingsAddress(settings))) {
    for (const each of typeof value === "string" ? [value] : (value ?? [])) query.append(name, each);
  }
  return readSettings(new URLSearchParams(query.toString()));
}

const everything: Settings = {
  group: "environment",
  sort: "A&B",
  descending: true,
  heat: true,
  metrics: ["B", "A&B"],
  filters: { project: ["a,b", "c=d"], environment: ["prod"], account: [""], state: ["failed", "late"], text: " x +y" },
  open: { all: false, except: ["churn", "*fraud"] },
};

test("an address leads to the settings that wrote it", () => {
  assert.deepEqual(throughAddress(everything), everything);
  const allButOne = { ...everything, open: { all: true, except: ["churn"] } };
  assert.deepEqual(throughAddress(allButOne), allButOne);
});

test("settings as they are at first leave the address empty", () => {
  const written = Object.values(settingsAddress(readSettings(new URLSearchParams())));
  assert.ok(written.every((value) => value === null || value.length === 0), JSON.stringify(written));
});

test("what an address says wrongly is not taken", () => {
  const settings = readSettings(new URLSearchParams("group=planet&state=red&order=sideways&heat=1"));
  assert.deepEqual(settings, readSettings(new URLSearchParams()));
});

test("a group that is toggled twice is as before", () => {
  for (const all of [true, false]) {
    const once = toggled({ all, except: [] }, "churn");
    assert.equal(isOpen(once, "churn"), !all);
    assert.equal(isOpen(once, "fraud"), all);
    assert.deepEqual(toggled(once, "churn"), { all, except: [] });
  }
});
