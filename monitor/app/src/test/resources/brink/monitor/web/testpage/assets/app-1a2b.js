console.log("${x}")
