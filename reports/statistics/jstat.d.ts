/** The part of jstat that is used; the package has no types of its own. */
declare module 'jstat' {
  interface Distributions {
    readonly normal: { inv(p: number, mean: number, sd: number): number; cdf(x: number, mean: number, sd: number): number };
    readonly chisquare: { inv(p: number, dof: number): number };
    readonly studentt: { inv(p: number, dof: number): number; cdf(x: number, dof: number): number };
    readonly centralF: { cdf(x: number, dof1: number, dof2: number): number };
  }
  const jstat: { readonly jStat: Distributions };
  export default jstat;
}
