// Loads packages by `require` and tells where each came from: `node check_require.cjs NAME…`.
for (const name of process.argv.slice(2)) {
  require(name);
  console.log(`${name} ${require.resolve(name)}`);
}
