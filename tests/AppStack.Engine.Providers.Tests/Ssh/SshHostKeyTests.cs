using AppStack.Ssh;

namespace AppStack.Engine.Providers.Tests.Ssh;

public sealed class SshHostKeyTests
{
    internal const string Example = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

    [Fact]
    public void TryParse_of_a_public_key_file_gives_OpenSSHs_fingerprint()
    {
        Assert.True(SshHostKey.TryParse(Example + " github.com\n", out var key));
        Assert.Equal("ssh-ed25519", key.Type);
        Assert.Equal("SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU", key.Fingerprint);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ssh-ed25519")]
    [InlineData("ssh-ed25519 ????")]
    [InlineData("ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl")]
    [InlineData("10.0.0.1 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl")]
    public void TryParse_of_anything_else_is_false(string text) => Assert.False(SshHostKey.TryParse(text, out _));
}
