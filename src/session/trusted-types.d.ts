// Trusted Types, as far as the session uses them; TypeScript's DOM library does not have them yet.

interface TrustedTypePolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): { createScriptURL(address: string): object };
}

declare var trustedTypes: TrustedTypePolicyFactory | undefined;
