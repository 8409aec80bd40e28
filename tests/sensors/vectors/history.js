// Several values in one message, the newest first, each with its time.
function decodeUplink(input) {
  var every = input.bytes[0] * 60000;
  var values = [];
  for (var i = 1; i + 1 < input.bytes.length; i += 2) {
    var at = new Date(input.recvTime.getTime() - every * ((i - 1) / 2));
    values.push({ at: at.toISOString(), level: (input.bytes[i] << 8) | input.bytes[i + 1] });
  }
  return { data: { count: values.length, values: values, newest: values.length ? values[0].level : null } };
}
