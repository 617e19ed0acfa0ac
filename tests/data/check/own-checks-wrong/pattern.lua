return function()
  return (("a"):rep(10000)):find(".-.-.-.-b")
end
