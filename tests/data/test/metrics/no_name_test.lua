return {
  function() end,
}
