// What plan-carry.js asks of index.js, which is as its authors published it and says no types.
export interface Code { readonly size: number; get(x: number, y: number): boolean; }
export const generate: (text: string) => Code;
