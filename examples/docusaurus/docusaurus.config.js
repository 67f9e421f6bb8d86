module.exports = {
  title: "Acme platform",
  url: "https://docs.example.com",
  baseUrl: "/platform/",
  // layerdrop: docusaurus.config.js; the files of dist/ lie in static/layerdrop/, and /platform/ is the baseUrl
  scripts: [{ src: "/platform/layerdrop/layer-drop.js", type: "module" }],
  // end
  themes: ["@docusaurus/theme-classic"],
  plugins: [["@docusaurus/plugin-content-docs", { routeBasePath: "/" }]],
  themeConfig: { colorMode: { respectPrefersColorScheme: true }, navbar: { title: "Acme platform" } },
};
