// Loads packages by `import` and tells where each came from: `node --experimental-loader node_path.mjs check_import.mjs NAME…`.
for (const name of process.argv.slice(2)) {
  await import(name);
  console.log(`${name} ${new URL(await import.meta.resolve(name)).pathname}`);
}
