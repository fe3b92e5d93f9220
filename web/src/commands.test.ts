import assert from "node:assert/strict";
import test from "node:test";
import { firstAwsSpokeCommands, firstHubCommands, firstSpokeCommands } from "./commands";

const hub = { account_id: "222222222222", name: "central", region: "us-east-1" };
const url = "http://127.0.0.1:9000";

test("a data folder is quoted where a shell would read more into it", () => {
  const [plain] = firstHubCommands("/srv/dash-1", url);
  assert.equal(plain, "export DSDASH_DATA=/srv/dash-1 DSDASH_ENDPOINT_URL=http://127.0.0.1:9000");
  const [quoted] = firstHubCommands("/srv/the hub's $HOME", url);
  assert.equal(quoted, `export DSDASH_DATA='/srv/the hub'\\''s $HOME' DSDASH_ENDPOINT_URL=${url}`);
});

test("the spoke has an id of its own, and the hub's name, id and Region are the real ones", () => {
  const commands = firstSpokeCommands(hub, "/srv/dash", url);
  assert.equal(commands[1], "dsdash account create churn-dev --id 333333333333 --region us-east-1");
  assert.ok(commands.includes("dsdash put-parameter --account churn-dev /monitors/central 222222222222"));
  assert.ok(commands.includes("dsdash put-parameter --account central /monitored_projects/churn/dev 333333333333"));
});

test("a hub on AWS is told of by parameters, and no data folder is named", () => {
  const commands = firstAwsSpokeCommands(hub).join("\n");
  assert.match(commands, /--profile SPOKE_PROFILE --name \/monitors\/TestHub --type String --overwrite --value 222222222222/);
  assert.match(commands, /--profile HUB_PROFILE --name \/monitored_projects\/churn\/dev .*--value SPOKE_ACCOUNT_ID/);
  assert.doesNotMatch(commands, /DSDASH_DATA|account create/);
});
