using System.Text;
using AppStack.Operations.Load;

namespace AppStack.Operations.Tests.Load;

public sealed class HttpResponseParserTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, true)]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length:5\r\nConnection: Close\r\n\r\nhello", 200, false)]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n", 503, true)]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", 200, false)]
    public void Feed_WholeResponseInAnyPieces_IsComplete(string response, int status, bool keepsAlive)
    {
        var bytes = Encoding.ASCII.GetBytes(response);
        for (var cut = 1; cut < bytes.Length; cut++)
        {
            var parser = new HttpResponseParser();
            parser.Reset();
            Assert.False(parser.Feed(bytes.AsSpan(0, cut)));
            Assert.True(parser.Feed(bytes.AsSpan(cut)));
            Assert.Equal(status, parser.Status);
            Assert.Equal(keepsAlive, parser.KeepsAlive);
        }
    }

    [Fact]
    public void Feed_BodyWithoutLength_EndsWithTheConnection()
    {
        var parser = new HttpResponseParser();
        parser.Reset();

        Assert.False(parser.Feed("HTTP/1.1 200 OK\r\n\r\nsome"u8));
        Assert.True(parser.Close());
        Assert.False(parser.KeepsAlive);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("")]
    public void Close_BeforeTheEnd_IsNotAnAnswer(string response)
    {
        var parser = new HttpResponseParser();
        parser.Reset();
        parser.Feed(Encoding.ASCII.GetBytes(response));

        Assert.False(parser.Close());
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n")]
    public void Feed_SomethingElse_Throws(string response)
    {
        var parser = new HttpResponseParser();
        parser.Reset();

        Assert.Throws<FormatException>(() => parser.Feed(Encoding.ASCII.GetBytes(response)));
    }
}
