import type { Hub } from "./api";

/** Commands for a POSIX shell that has dsdash on its PATH: pasted in order, they work as they are. */

export function firstHubCommands(dataFolder: string, url: string): string[] {
  return [
    surroundings(dataFolder, url),
    "dsdash account create hub --id 111111111111",
    "dsdash deploy hub --account hub",
  ];
}

export function firstSpokeCommands(hub: Hub, dataFolder: string, url: string): string[] {
  const spoke = "churn-dev";
  const spokeId = hub.account_id === "222222222222" ? "333333333333" : "222222222222";
  const connect = (account: string, action: string) =>
    `dsdash invoke ds-dashboard-connection --account ${account} --payload '{"action":"${action}"}'`;
  return [
    surroundings(dataFolder, url),
    `dsdash account create ${spoke} --id ${spokeId} --region ${hub.region}`,
    `dsdash deploy spoke --account ${spoke} -c project_name=churn -c environment=dev -c metrics=TotalCompletedTrainingJobs`,
    `dsdash put-parameter --account ${spoke} /monitors/${hub.name} ${hub.account_id}`,
    `dsdash put-parameter --account ${hub.name} /monitored_projects/churn/dev ${spokeId}`,
    connect(hub.name, "EBPut"),
    connect(spoke, "EBPut"),
    connect(spoke, "EBRule"),
    connect(hub.name, "EBRule"),
    `dsdash refresh --account ${hub.name} --wait`,
  ];
}

/** For a hub on AWS; what stands in capitals is the reader's. */
export function firstAwsSpokeCommands(hub: Hub): string[] {
  const put = (profile: string, name: string, value: string) =>
    `aws ssm put-parameter --profile ${profile} --name ${name} --type String --overwrite --value ${value}`;
  return [
    put("SPOKE_PROFILE", "/monitors/TestHub", hub.account_id),
    put("HUB_PROFILE", "/monitored_projects/churn/dev", "SPOKE_ACCOUNT_ID"),
    "dsdash doctor --profile HUB_PROFILE --problems",
  ];
}

/** Every later command finds accounts and server by these; account create writes them into the profile. */
function surroundings(dataFolder: string, url: string): string {
  return `export DSDASH_DATA=${quoted(dataFolder)} DSDASH_ENDPOINT_URL=${quoted(url)}`;
}

function quoted(word: string): string {
  return /^[\w./:@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
