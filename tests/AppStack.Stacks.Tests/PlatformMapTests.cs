using AppStack.Stacks.Environments;
using AppStack.Testing;

namespace AppStack.Stacks.Tests;

public sealed class PlatformMapTests
{
    [Fact]
    public void Of_Local_TellsTheWayOfARequestAndWhatToTry()
    {
        var map = PlatformMap.Of(EnvironmentFiles.Find(RepositoryFiles.Of(), "local").Read());

        Snapshot.Verify(string.Join('\n', [.. map.Nodes.Select(node => node.ToString()), "", .. map.Urls, "", .. map.Try.Select(hint => hint.ToString()), ""]));
    }

    [Fact]
    public void Of_Production_HasUrlsAndNothingToTryHere()
    {
        var map = PlatformMap.Of(EnvironmentFiles.Find(RepositoryFiles.Of(), "prod.example").Read());

        Assert.Equal(
            ["http://192.0.2.10/", "http://[2001:db8:ffff::10]/", "https://192.0.2.10/", "https://[2001:db8:ffff::10]/", "https://192.0.2.20/", "https://[2001:db8:ffff::20]/"],
            map.Urls.ToArray());
        Assert.Empty(map.Try);
    }
}
