// compiler/preview/live.js, which says more.
declare module "*/compiler/preview/live.js" {
  export class LiveMap {
    constructor(root: HTMLElement, options?: { onPick?: (id: string) => void });
    show(html: string): string;
    theme(name: "light" | "dark" | "auto"): void;
    mark(id: string | null, scroll?: boolean): void;
    zoom(factor: number | "fit"): void;
    get zoomed(): number;
    say(text: string | null): void;
  }
}
