namespace AppStack.Ssh.Multiplexing;

/// <summary>Message numbers of the SSH connection protocol (RFC 4254, section 9) that occur in a session.</summary>
internal enum SshMessage : byte
{
    ChannelOpen = 90,
    ChannelOpenConfirmation = 91,
    ChannelOpenFailure = 92,
    ChannelWindowAdjust = 93,
    ChannelData = 94,
    ChannelExtendedData = 95,
    ChannelEof = 96,
    ChannelClose = 97,
    ChannelRequest = 98,
    ChannelSuccess = 99,
    ChannelFailure = 100,
}
