import "./theme.css";
import "./page.css";
import { onNavigation, readAddress, writeAddress } from "./address";
import {
  ApiError, type Home, type Hub, hubUrl, kHubsUrl, kMetricsUrl, type Latest, type LatestRecord, type MetricCatalogue,
  type Overview, Watched,
} from "./api";
import { Connection } from "./connection";
import { byId } from "./dom";
import { attentionCounts } from "./attention/attention_counts";
import { AttentionView } from "./attention/attention_view";
import type { AttentionItem } from "./attention/api";
import { closeDrawer, onDrawerClosed, openDrawer, updateDrawer } from "./drawer/drawer";
import { guideToChoice, guideToFirstHub, guideToFirstSpoke, noGuidance } from "./guidance";
import { FetchNow } from "./header/fetch_now";
import { HubHeader } from "./header/hub_header";
import { KeyHelp } from "./header/key_help";
import { OverviewStrip } from "./header/overview";
import { SessionControl } from "./header/session";
import { ThemeControl } from "./header/theme_control";
import { type Changes, LiveUpdates } from "./live";
import { MatrixView } from "./matrix/matrix_view";
import { seriesKey } from "./series";
import type { Spoke } from "./spokes/api";
import { SpokesView } from "./spokes/spokes_view";
import { Tabs } from "./tabs";

const kTabs = [
  { id: "matrix", title: "Matrix" },
  { id: "attention", title: "Attention" },
  { id: "spokes", title: "Spokes" },
] as const;

/** What is read of the chosen hub. */
class HubData {
  readonly latest: Watched<Latest>;
  readonly overview: Watched<Overview>;
  readonly attention: Watched<{ items: AttentionItem[] }>;
  readonly spokes: Watched<{ spokes: Spoke[] }>;
  shown: Latest | undefined;

  constructor(readonly hub: string) {
    this.latest = new Watched(hubUrl("latest", hub));
    this.overview = new Watched(hubUrl("overview", hub));
    this.attention = new Watched(hubUrl("attention", hub));
    this.spokes = new Watched(hubUrl("spokes", hub));
  }
}

const home = new Watched<Home>(kHubsUrl);
const catalogue = new Watched<MetricCatalogue>(kMetricsUrl);
let hubData: HubData | undefined;
let openSeries: string | null = null;

const connection = new Connection();
const session = new SessionControl(() => void live.update());
const hubHeader = new HubHeader((hub) => goTo(`?${new URLSearchParams({ hub })}`));
const overviewStrip = new OverviewStrip(goTo);
const tabs = new Tabs(kTabs, (view) => {
  writeAddress({ view: view === "matrix" ? null : view }, { push: true });
  showView();
  void live.update(new Set([view]));
});
const matrixView = new MatrixView(showSeries, (error) => connection.failed(error));
const attentionView = new AttentionView(byId("view-attention"), showItem);
const spokesView = new SpokesView(byId("view-spokes"));
const live = new LiveUpdates(update);
const fetchNow = new FetchNow(
  () => void live.update(new Set(["latest", "overview", "attention", "spokes"])),
  (error) => connection.failed(error),
);

async function update(changes: Changes): Promise<void> {
  try {
    const read = await home.read();
    session.admitted();
    await showHome(read, changes);
    connection.answered(live.source);
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) askToSignIn();
    else connection.failed(error);
  }
}

/** The address stays, so that who signs in sees what was there. */
function askToSignIn(): void {
  if (session.isAsking) return;
  const address = location.href;
  closeDrawer();
  history.replaceState(null, "", address);
  connection.refused();
  session.ask();
}

async function showHome({ hubs, data_folder, role }: Home, changes: Changes): Promise<void> {
  const wanted = readAddress().get("hub");
  const hub = wanted ? hubs.find(({ account_id }) => account_id === wanted) : onlyOne(hubs);
  hubHeader.show(hubs, hub);
  fetchNow.show(hub?.account_id ?? "", role !== "viewer");
  live.follow(hub?.account_id ?? "");
  if (hub) return showHub(hub, data_folder, changes);
  byId("board").hidden = true;
  if (hubs.length === 0) guideToFirstHub(data_folder);
  else guideToChoice(hubs, wanted);
}

async function showHub(hub: Hub, dataFolder: string, changes: Changes): Promise<void> {
  if (hubData?.hub !== hub.account_id) {
    hubData = new HubData(hub.account_id);
    tabs.note("attention", []);
  }
  const data = hubData;
  const isFirst = data.shown === undefined;
  const concerns = (what: string) => isFirst || changes === "all" || changes.has(what);
  const [latest, overview, metrics] = await Promise.all([
    concerns("latest") ? data.latest.read() : data.shown,
    concerns("overview") ? data.overview.read() : undefined,
    catalogue.read(),
  ]);
  if (data !== hubData || !latest) return; // another hub was chosen meanwhile
  data.shown = latest;
  document.title = `${hub.name} · ds-dashboard`;
  const isEmpty = latest.records.length === 0 && latest.reports.length === 0;
  byId("board").hidden = isEmpty;
  if (isEmpty) return guideToFirstSpoke(hub, dataFolder);
  noGuidance();
  if (overview) overviewStrip.show(overview);
  showView();
  matrixView.show(hub.account_id, latest, metrics);
  updateDrawer(latest);
  showSeriesOfAddress();
  if (concerns("spokes")) await showSpokes(hub, data);
  if (concerns("attention")) await showAttention(hub, data);
}

/** Read while they are looked at. */
async function showSpokes(hub: Hub, data: HubData): Promise<void> {
  if (chosenView() !== "spokes") return;
  const { spokes } = await data.spokes.read();
  if (data === hubData) spokesView.show(hub, spokes);
}

/** Always read: its tab counts what is wrong. Where it cannot be read, the other views are as they were. */
async function showAttention(hub: Hub, data: HubData): Promise<void> {
  try {
    const { items } = await data.attention.read();
    if (data !== hubData) return;
    attentionView.show(hub.account_id, items);
    tabs.note("attention", attentionCounts(items));
  } catch (error) {
    if (chosenView() === "attention") throw error;
    tabs.note("attention", []);
  }
}

function showView(): void {
  tabs.show(chosenView());
}

function chosenView(): (typeof kTabs)[number]["id"] {
  const wanted = readAddress().get("view");
  return kTabs.find(({ id }) => id === wanted)?.id ?? "matrix";
}

function showItem(item: AttentionItem): void {
  const record = hubData?.shown?.records.find((candidate) => seriesKey(candidate) === seriesKey(item));
  if (record) showSeries(record);
}

function showSeries(record: LatestRecord): void {
  writeAddress({ series: seriesKey(record) }, { push: true });
  openSeries = null; // the reader may have closed the same
  showSeriesOfAddress();
}

/** Opens the series that the address names, once. */
function showSeriesOfAddress(): void {
  const wanted = readAddress().get("series");
  if (wanted === openSeries || !hubData?.shown) return;
  openSeries = wanted;
  if (wanted === null) return closeDrawer();
  const record = hubData.shown.records.find((candidate) => seriesKey(candidate) === wanted);
  if (record) openDrawer({ hub: hubData.hub, latest: hubData.shown }, record);
}

function goTo(address: string): void {
  history.pushState(null, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
}

function onlyOne(known: Hub[]): Hub | undefined {
  return known.length === 1 ? known[0] : undefined;
}

onDrawerClosed(() => {
  writeAddress({ series: null });
  openSeries = null;
});
onNavigation(() => {
  showView();
  showSeriesOfAddress();
  void live.update();
});
setInterval(() => {
  matrixView.tick();
  overviewStrip.tick();
}, 1000);
new ThemeControl();
new KeyHelp();
void session.show();
