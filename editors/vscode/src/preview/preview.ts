// One preview: the map of one file, drawn again whenever it may look different, and the two ways between map and text.
import * as vscode from "vscode";
import type { Server } from "../server";
import { act } from "./acts";
import { pageHtml } from "./html";
import { Latest } from "./latest";
import type { About, Action, FromPage, Journey, Notice, ToPage } from "./messages";
import * as notices from "./notices";
import { patchOf } from "./patch";
import { placeAt, type Place, type Position, type Range } from "./places";
import { editorOf, errorsIn, renamed, reveal, show, watchFile } from "./source";

interface Drawn {
  version: number | null;
  journey: string;
  title: string;
  content: string;
  places: Place[];
}
type Known = Journey & { range: Range };

const slowAfter = 800;
const restsAfter = 250; // a drawing that takes longer lets the typist go first
const restsMost = 3000;
const pause = 1000; // without a key: after it, what is slow is drawn
const largest = 3_000_000; // characters of a page, some thousand steps: more is drawn only when somebody asks for it
const keptEdits = 100;
const saysErrorsAfter = 700; // what is wrong only while it is being typed isn't worth a line

const settings = () => vscode.workspace.getConfiguration("journey.preview");

export class Preview implements vscode.Disposable {
  private readonly over = new vscode.EventEmitter<void>();
  readonly onDidDispose = this.over.event;
  private readonly changed = new vscode.EventEmitter<void>();
  /** Another file, locked or not. */
  readonly onDidChange = this.changed.event;
  private readonly drawing = new Latest(() => this.draw());
  private disposables: vscode.Disposable[] = [this.over, this.changed];
  private watcher: vscode.Disposable | undefined;
  private painted: (() => void) | undefined;
  private errorsTimer: NodeJS.Timeout | undefined;
  private places: Place[] = [];
  private journeys: Known[] = [];
  private isReady = false;
  private hasMap = false;
  private isGone = false;
  private isLarge = false; // so that it is drawn only when it is wanted
  private isWanted = false;
  private lastEdit = 0;
  private content = ""; // what the page shows
  private turn = 0;
  private lastShown = 0;
  private readonly edits = new Map<number, number>(); // when each of the last versions of the text was made
  private answered = { version: -1, asked: 0, at: 0 };

  constructor(
    readonly panel: vscode.WebviewPanel,
    context: vscode.ExtensionContext,
    private readonly server: Server,
    public uri: vscode.Uri,
    private journey: string | undefined,
    public isLocked: boolean,
    private isFresh: boolean, // nobody has scrolled it yet: it begins at the step of the cursor
  ) {
    panel.webview.options = { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(context.extensionUri, "dist")] };
    panel.iconPath = {
      light: vscode.Uri.joinPath(context.extensionUri, "media/file-light.svg"),
      dark: vscode.Uri.joinPath(context.extensionUri, "media/file-dark.svg"),
    };
    this.disposables.push(
      panel.onDidDispose(() => this.dispose()),
      panel.onDidChangeViewState(() => panel.visible || this.hidden()),
      panel.webview.onDidReceiveMessage((message: FromPage) => this.receive(message)),
      server.onDidChangeState(() => this.serverChanged()),
      vscode.window.onDidChangeTextEditorSelection((change) => this.cursorMoved(change)),
      vscode.window.onDidChangeActiveTextEditor((editor) => editor && this.isMine(editor.document.uri) && this.mark(true)),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => uris.some((uri) => this.isMine(uri)) && this.noteErrors()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.edited(document)),
      vscode.workspace.onDidCloseTextDocument((document) => document.isUntitled && this.isMine(document.uri) && this.went()),
      vscode.workspace.onDidRenameFiles(({ files }) => this.moved(renamed(this.uri, files))),
      vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration("journey.preview") && this.settingsChanged()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.about()),
    );
    this.follow(uri, journey);
    panel.webview.html = pageHtml(panel.webview, context.extensionUri);
  }

  dispose(): void {
    if (!this.disposables.length) return;
    this.drawing.end();
    this.painted?.();
    clearTimeout(this.errorsTimer);
    this.watcher?.dispose();
    this.over.fire();
    for (const one of this.disposables.splice(0)) one.dispose();
  }

  isMine(uri: vscode.Uri): boolean {
    return uri.toString() === this.uri.toString();
  }

  /** Shows this file from now on; its first journey, or the named one. */
  show(uri: vscode.Uri, journey?: string): void {
    if (this.isMine(uri)) {
      if (journey && journey !== this.journey) this.choose(journey);
      return;
    }
    this.tell({ do: "clear" });
    this.follow(uri, journey);
    this.drawing.ask();
  }

  lock(isLocked = !this.isLocked): void {
    this.isLocked = isLocked;
    this.about();
  }

  /** The server may draw it otherwise than before. */
  outdated(uri: vscode.Uri): void {
    if (this.isMine(uri)) this.drawing.ask();
  }

  async showSource(): Promise<void> {
    await show(this.uri, this.panel.viewColumn);
  }

  // ---- which file ----

  private follow(uri: vscode.Uri, journey: string | undefined): void {
    this.uri = uri;
    this.journey = journey;
    this.journeys = [];
    this.places = [];
    this.hasMap = this.isGone = this.isLarge = false;
    this.content = "";
    this.watcher?.dispose();
    this.watcher = watchFile(uri, () => this.went(), () => this.came());
    this.about();
  }
  private get name(): string {
    return this.uri.path.split("/").pop() || this.uri.path;
  }
  /** Another place of the same text: what is shown stays until it is drawn again. */
  private moved(to: vscode.Uri | undefined): void {
    if (!to) return;
    const { hasMap, journey } = this;
    this.follow(to, journey);
    this.hasMap = hasMap;
    this.drawing.ask();
  }
  private went(): void {
    this.isGone = true;
    this.drawing.ask();
  }
  private came(): void {
    const wasGone = this.isGone;
    this.isGone = false;
    if (wasGone || !editorOf(this.uri)) this.drawing.ask();
  }

  // ---- what the page is told ----

  private tell(message: ToPage): void {
    if (this.isReady) void this.panel.webview.postMessage(message);
  }
  private about(): void {
    const { server } = this;
    const about: About = {
      uri: this.uri.toString(),
      name: this.name,
      journey: this.journey,
      journeys: this.journeys.map(({ id, title }) => ({ id, title })),
      isLocked: this.isLocked,
      isRestricted: server.state.is === "running" && server.state.restricted,
      theme: settings().get<About["theme"]>("theme", "editor"),
    };
    this.panel.title = `${this.isLocked ? "Map (kept): " : "Map: "}${this.name}`;
    this.tell({ do: "about", about });
    this.changed.fire();
  }
  private say(notice: Notice | null): void {
    clearTimeout(this.errorsTimer);
    this.tell({ do: "notice", notice });
  }
  /** A line about errors, once they have stayed for a moment; gone as soon as they are. */
  private noteErrors(): void {
    if (!this.hasMap || this.unable()) return;
    const count = errorsIn(this.uri);
    clearTimeout(this.errorsTimer);
    if (this.isGone) this.tell({ do: "notice", notice: notices.deleted(this.name) });
    else if (count === 0) this.tell({ do: "notice", notice: null });
    else this.errorsTimer = setTimeout(() => this.tell({ do: "notice", notice: notices.errors(count) }), saysErrorsAfter);
  }

  // ---- drawing ----

  private async draw(): Promise<void> {
    if (!this.isReady) return;
    const began = Date.now();
    const busy = setTimeout(() => this.tell({ do: "busy", isBusy: true }), slowAfter);
    try {
      await this.drawNow();
    } catch (error) {
      if (!isStale(error)) this.say(notices.failed(String((error as Error).message ?? error)));
    } finally {
      clearTimeout(busy);
      this.tell({ do: "busy", isBusy: false });
    }
    await this.rest(Date.now() - began);
  }
  /** What is slow waits for the typist: as long as it took itself, and what is very slow for a pause. */
  private async rest(took: number): Promise<void> {
    if (took > restsAfter) await passed(Math.min(took, restsMost));
    while (took > slowAfter && Date.now() - this.lastEdit < pause) await passed(pause);
  }

  private async drawNow(): Promise<void> {
    const { uri, journey } = this;
    const client = this.server.client;
    const unable = this.unable();
    if (unable || !client) return this.say(unable);
    const isWanted = this.isWanted;
    this.isWanted = false;
    if (this.isLarge && !isWanted) return this.say(notices.large(this.hasMap));
    try {
      await vscode.workspace.openTextDocument(uri); // what is open is what the server draws; what isn't is read again
    } catch (error) {
      return this.say(this.hasMap ? notices.gone(this.name) : notices.unreadable(this.name, String((error as Error).message ?? error)));
    }
    const textDocument = { uri: client.code2ProtocolConverter.asUri(uri) };
    const asked = Date.now();
    const drawn = await client.sendRequest<Drawn | null>("journey/preview", { textDocument, ...(journey && { journey }) });
    this.answered = { version: drawn?.version ?? -1, asked, at: Date.now() };
    const isOther = !this.isMine(uri) || this.journey !== journey;
    if (isOther || (this.drawing.isOvertaken && Date.now() - this.lastShown < restsAfter)) return;
    const journeys = this.learnJourneys(textDocument);
    this.isLarge = (drawn?.content.length ?? 0) > largest;
    if (this.isLarge && !isWanted) return this.say(notices.large(this.hasMap));
    if (drawn) return this.put(drawn, (text) => client.protocol2CodeConverter.asUri(text).toString());
    await journeys;
    this.drewNothing();
  }

  /** Why nothing can be drawn at all. */
  private unable(): Notice | null {
    if (this.isGone && !editorOf(this.uri)) return notices.gone(this.name);
    if (!["file", "untitled"].includes(this.uri.scheme)) return notices.nowhere;
    return notices.server(this.server.state);
  }

  /** Shows a drawing, and waits until it is seen: the next one isn't sent before. */
  private async put(drawn: Drawn, local: (uri: string) => string): Promise<void> {
    this.places = drawn.places.map((place) => ({ ...place, uri: local(place.uri) }));
    const { isFresh } = this;
    this.isFresh = false;
    if (!this.hasMap) this.say(null);
    this.hasMap = true;
    this.noteErrors();
    if (drawn.content === this.content) return this.mark(false);
    const patch = patchOf(this.content, drawn.content);
    this.content = drawn.content;
    const turn = ++this.turn;
    const seen = new Promise<void>((done) => (this.painted = done));
    this.tell({ do: "show", patch, version: drawn.version ?? 0, turn });
    this.mark(isFresh);
    await seen;
    this.lastShown = Date.now();
  }
  private drewNothing(): void {
    const isRenamed = this.journey !== undefined && !this.journeys.some(({ id }) => id === this.journey);
    if (isRenamed && this.journeys.length) {
      this.journey = undefined;
      this.drawing.ask();
    } else this.say(this.hasMap ? notices.lostJourney : notices.noJourney(this.name));
  }
  private async learnJourneys(textDocument: { uri: string }): Promise<void> {
    type Status = { journeys: { journey: string; title: string; range: Range }[] } | null;
    const status = await this.server.client?.sendRequest<Status>("journey/status", { textDocument }).catch(() => null);
    if (!status) return;
    const before = JSON.stringify(this.journeys.map(({ id, title }) => [id, title]));
    this.journeys = status.journeys.map(({ journey, title, range }) => ({ id: journey, title, range }));
    if (JSON.stringify(this.journeys.map(({ id, title }) => [id, title])) !== before) this.about();
  }

  // ---- what happens in the editor ----

  private hidden(): void {
    this.isReady = this.hasMap = false; // the page is made anew when it is seen again
    this.content = "";
    this.painted?.();
  }
  private serverChanged(): void {
    this.about();
    if (this.server.state.is !== "running") this.say(this.unable());
    else this.drawing.ask();
  }
  private settingsChanged(): void {
    this.about();
    this.mark(true);
  }
  private edited(document: vscode.TextDocument): void {
    if (!this.isMine(document.uri)) return;
    this.edits.set(document.version, (this.lastEdit = Date.now()));
    this.edits.delete(document.version - keptEdits);
    if (document.languageId === "journey") setImmediate(() => this.drawing.ask()); // behind the library, which tells the server of the edit
  }
  /** How long it took from the edit to the picture, once for each text. */
  private noteTime(seen: number): void {
    const { version, asked, at } = this.answered;
    const edit = this.edits.get(version);
    if (edit === undefined) return;
    this.edits.delete(version);
    this.server.log.debug(`preview of text ${version}: asked for after ${asked - edit} ms, drawn after ${at - edit} ms, seen after ${seen - edit} ms`);
  }
  private cursorMoved({ textEditor, kind }: vscode.TextEditorSelectionChangeEvent): void {
    if (!this.isMine(textEditor.document.uri)) return;
    if (kind !== undefined && settings().get("followCursor", true)) this.chooseAt(textEditor.selection.active);
    this.mark(true);
  }
  /** The journey that the cursor is in. */
  private chooseAt(at: Position): void {
    if (this.journeys.length < 2) return;
    const here = this.journeys.find(({ range }) => range.start.line <= at.line && at.line <= range.end.line);
    if (here && here.id !== (this.journey ?? this.journeys[0]?.id)) this.choose(here.id);
  }
  private choose(journey: string): void {
    this.journey = journey;
    this.about();
    this.drawing.ask();
  }
  /** Marks the step that the cursor is in, and brings it into sight. */
  private mark(scroll: boolean): void {
    const editor = settings().get("followCursor", true) ? editorOf(this.uri) : undefined;
    const place = editor && placeAt(this.places, this.uri.toString(), editor.selection.active);
    this.tell({ do: "mark", id: place?.id ?? null, scroll });
  }

  // ---- what happens in the page ----

  private receive(message: FromPage): void {
    switch (message.do) {
      case "ready":
        this.isReady = true;
        this.content = "";
        this.painted?.();
        this.about();
        this.drawing.ask();
        break;
      case "painted":
        if (message.turn !== this.turn) break;
        this.noteTime(message.at);
        this.painted?.();
        break;
      case "pick":
        void this.goTo(message.id);
        break;
      case "choose":
        this.choose(message.journey);
        break;
      case "act":
        this.act(message.action);
    }
  }
  private act(action: Action): void {
    if (action === "lock") this.lock();
    else if (action === "close") this.panel.dispose();
    else if (action === "draw") {
      this.isWanted = true;
      this.drawing.ask();
    } else void act(action, this.uri, this.journey, this.panel.viewColumn);
  }
  private async goTo(id: string): Promise<void> {
    const place = this.places.find((each) => each.id === id);
    if (!place) return;
    const { start, end } = place.range;
    await reveal(vscode.Uri.parse(place.uri), new vscode.Range(start.line, start.character, end.line, end.character), this.panel.viewColumn);
  }
}

const passed = (time: number) => new Promise((go) => setTimeout(go, time));

/** The server dropped the question: the text has changed since, and it says so when there is something new to be drawn. */
function isStale(error: unknown): boolean {
  const code = (error as { code?: number }).code;
  return code === -32800 || code === -32801 || code === -32802;
}

