using System.Text;
using AppStack.Testing;
using Dilosi.Declarations;
using Dilosi.Documents;

namespace Dilosi.Tests;

public sealed class DocumentRendererTests
{
    private static readonly DocumentRenderer Renderer = new(new DilosiOptions { Database = "Host=unused", PublicUrl = "https://dilosi.example" });

    [Fact]
    public void Document() => Snapshot.Verify(Rendered("I am here.\nAnd there."), "html");

    [Fact]
    public void Render_WhatACitizenWrites_IsTextAndNothingElse()
    {
        var page = Rendered("<script>alert(1)</script> {{code}} & more");

        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt; {{code}} &amp; more", page, StringComparison.Ordinal);
    }

    private static string Rendered(string text)
    {
        Assert.True(VerificationCode.TryParse("7KQ2-M9XD-0ABC-11ZZ", out var code));
        var declaration = new Declaration(DeclarationType.SolemnDeclaration, "Μαρία", "Παπαδοπούλου", "090000045", "Ministry of \"Examples\"", text);
        return Encoding.UTF8.GetString(Renderer.Render(new IssuedDeclaration(code, declaration, new DateTimeOffset(2026, 11, 25, 20, 30, 15, TimeSpan.Zero))));
    }
}
