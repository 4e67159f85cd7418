using System.Text;
using AppStack.Engine.Secrets;
using AppStack.Engine.State;

namespace AppStack.Engine.Tests.State;

/// <summary>Every form that a value has in a state, to the letter.</summary>
public sealed class PropertyEncodingTests
{
    private const string Key = "\"4dabf18193072939515e22adb298388d\"";

    private const string Template =
        """{"version":3,"checkpoint":{"stack":"organization/b/a","latest":{"manifest":{"time":"2026-01-01T00:00:00Z","magic":"","version":""},"resources":[{"urn":"urn:pulumi:a::b::c:d:E::f","custom":true,"id":"x","type":"c:d:E","outputs":{"value":VALUE}}],"metadata":{}}}}""";

    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("1.5")]
    [InlineData("\"text with <html> & 'quotes'\"")]
    [InlineData("[1,\"a\",null,[],{}]")]
    [InlineData("{\"a\":{\"b\":[true]}}")]
    [InlineData("\"04da6b54-80e4-46f7-96ec-b56ff0331ba9\"")]
    [InlineData("{" + Key + ":\"8ad145fe-0d11-4827-bfd7-1abcbf086f5c\",\"value\":\"7ff8000000000001\"}")]
    [InlineData("{" + Key + ":\"8ad145fe-0d11-4827-bfd7-1abcbf086f5c\",\"value\":\"7ff0000000000000\"}")]
    [InlineData("{" + Key + ":\"8ad145fe-0d11-4827-bfd7-1abcbf086f5c\",\"value\":\"fff0000000000000\"}")]
    [InlineData("{" + Key + ":\"1b47061264138c4ac30d75fd1eb44270\",\"ciphertext\":\"v1:AAAA:BBBB\"}")]
    [InlineData("{" + Key + ":\"c44067f5952c0a294b673a41bacd8c17\",\"hash\":\"00ff\",\"text\":\"x\"}")]
    [InlineData("{" + Key + ":\"c44067f5952c0a294b673a41bacd8c17\",\"hash\":\"00ff\",\"path\":\"./x\"}")]
    [InlineData("{" + Key + ":\"c44067f5952c0a294b673a41bacd8c17\",\"hash\":\"00ff\",\"uri\":\"file:///x\"}")]
    [InlineData("{" + Key + ":\"0def7320c3a5731c473e5ecbe6d01bc7\",\"hash\":\"00ff\",\"path\":\"./dir\"}")]
    [InlineData("{" + Key + ":\"0def7320c3a5731c473e5ecbe6d01bc7\",\"assets\":{\"a\":{" + Key + ":\"c44067f5952c0a294b673a41bacd8c17\",\"hash\":\"00ff\",\"text\":\"x\"}},\"hash\":\"00ff\"}")]
    [InlineData("{" + Key + ":\"5cf8f73096256a8f31e491e813e4eb8e\",\"id\":\"i\",\"packageVersion\":\"1.2.3\",\"urn\":\"urn:pulumi:a::b::c::d\"}")]
    [InlineData("{" + Key + ":\"5cf8f73096256a8f31e491e813e4eb8e\",\"packageVersion\":\"\",\"urn\":\"urn:pulumi:a::b::c::d\"}")]
    public void A_value_survives_to_the_letter(string value)
    {
        var state = State(value);

        var snapshot = CheckpointFormat.Read(Encoding.UTF8.GetBytes(state), "state", SealedCodec.Instance);

        var written = Encoding.UTF8.GetString(CheckpointFormat.WriteCheckpoint("organization/b/a", snapshot, SealedCodec.Instance).Span);
        Assert.Contains($"\"outputs\":{{\"value\":{value}}}", written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{" + Key + ":\"803fd3297a5875dc03ca845dda5d2a98\",\"value\":\"AA==\"}", "byteString")]
    [InlineData("{" + Key + ":\"d0e6a833031e9bbcd3f4e8bde6ca49a4\",\"value\":1}", "d0e6a833031e9bbcd3f4e8bde6ca49a4")]
    [InlineData("{" + Key + ":\"1b47061264138c4ac30d75fd1eb44270\"}", "without ciphertext")]
    [InlineData("{" + Key + ":\"something\"}", "something")]
    public void What_is_not_known_is_refused_by_name(string value, string named)
    {
        var exception = Assert.Throws<StateFormatException>(() => CheckpointFormat.Read(Encoding.UTF8.GetBytes(State(value)), "state", SealedCodec.Instance));

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }

    private static string State(string value) => Template.Replace("VALUE", value, StringComparison.Ordinal);
}
