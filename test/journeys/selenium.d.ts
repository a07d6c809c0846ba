// What the journeys use of selenium-webdriver, which brings no types.

declare module 'selenium-webdriver' {
  export class Capabilities {
    constructor(capabilities: Readonly<Record<string, unknown>>);
  }
  export interface WebDriver {
    get(url: string): Promise<void>;
    executeAsyncScript<Result>(script: string): Promise<Result>;
    manage(): { setTimeouts(timeouts: { readonly script: number }): Promise<void> };
    quit(): Promise<void>;
  }
  export class Builder {
    usingServer(url: string): this;
    withCapabilities(capabilities: Capabilities): this;
    build(): Promise<WebDriver>;
  }
}
