/** Returns a question to ask again and again: is the parent, or the npx that started it, gone? */
export declare const watchAncestors: () => () => boolean;
