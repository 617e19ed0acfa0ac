return {
  ["is no test"] = 7,
}
