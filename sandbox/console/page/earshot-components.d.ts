/** The components of force-app that may stand on a page; the build writes this module. */
declare module "earshot:components" {
  type Load = () => Promise<{ readonly default: new () => object }>;

  const loaders: Readonly<Record<string, Load | undefined>>;
  export default loaders;
}
