import "./theme.css";
import "./page.css";
import { type Home, type Hub, kHubsUrl, type Latest, latestUrl, Watched } from "./api";
import { readAddress, writeAddress } from "./address";
import { Connection } from "./connection";
import { byId } from "./dom";
import { showFailingMetrics } from "./failing_metrics";
import { guideToChoice, guideToFirstHub, guideToFirstSpoke, noGuidance } from "./guidance";
import { HistorySection } from "./history_section";
import { HubHeader } from "./hub_header";
import { LatestTable } from "./latest_table";
import { poll } from "./poll";

const connection = new Connection();
const hubHeader = new HubHeader(chooseHub);
const historySection = new HistorySection((error) => connection.failed(error));
const latestTable = new LatestTable(byId("latest"));
const board = byId("board");

const home = new Watched<Home>(kHubsUrl);
let latest: Watched<Latest> | undefined;

function chooseHub(hub: string): void {
  writeAddress({ hub });
  void update();
}

async function update(): Promise<void> {
  try {
    await showHome(await home.read());
    connection.answered();
  } catch (error) {
    connection.failed(error);
  }
}

async function showHome({ hubs: known, data_folder }: Home): Promise<void> {
  const wanted = readAddress().hub;
  const hub = wanted ? known.find(({ account_id }) => account_id === wanted) : onlyOne(known);
  hubHeader.show(known, hub);
  if (hub) return showHub(hub, data_folder);
  board.hidden = true;
  if (known.length === 0) guideToFirstHub(data_folder);
  else guideToChoice(known, wanted);
}

async function showHub(hub: Hub, dataFolder: string): Promise<void> {
  const url = latestUrl(hub.account_id);
  if (latest?.url !== url) latest = new Watched(url);
  const { records, reports } = await latest.read();
  if (latest.url !== url) return; // another hub was chosen meanwhile
  document.title = `${hub.name} · ds-dashboard`;
  const isEmpty = records.length === 0 && reports.length === 0;
  board.hidden = isEmpty;
  if (isEmpty) return guideToFirstSpoke(hub, dataFolder);
  noGuidance();
  for (const section of ["history", "values"]) byId(section).hidden = records.length === 0;
  latestTable.show(records);
  showFailingMetrics(reports);
  await historySection.show(hub.account_id, records);
}

function onlyOne(known: Hub[]): Hub | undefined {
  return known.length === 1 ? known[0] : undefined;
}

poll(update);
setInterval(() => latestTable.tick(), 1000);
