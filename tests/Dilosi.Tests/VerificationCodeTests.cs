using Dilosi.Declarations;
using FsCheck;
using FsCheck.Fluent;

namespace Dilosi.Tests;

public sealed class VerificationCodeTests
{
    [Fact]
    public void New_ShownAndReadAgain_IsTheSame() =>
        Prop.ForAll(Gen.Constant(0).Select(_ => VerificationCode.New()).ToArbitrary(), code =>
        {
            Assert.True(VerificationCode.TryParse(code.ToString(), out var read));
            Assert.Equal(code, read);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void New_ManyTimes_NeverRepeats() =>
        Assert.Equal(10_000, Enumerable.Range(0, 10_000).Select(_ => VerificationCode.New()).Distinct().Count());

    [Theory]
    [InlineData("7kq2-m9xd-0abc-11zz", "7KQ2M9XD0ABC11ZZ")]
    [InlineData("7KQ2M9XDOABCIlZZ", "7KQ2M9XD0ABC11ZZ")]
    [InlineData(" 7KQ2 M9XD 0ABC 11ZZ ", "7KQ2M9XD0ABC11ZZ")]
    public void TryParse_WhatPeopleType_IsUnderstood(string typed, string meant)
    {
        Assert.True(VerificationCode.TryParse(typed, out var code));
        Assert.Equal(meant, code.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("7KQ2-M9XD-0ABC-11Z")]
    [InlineData("7KQ2-M9XD-0ABC-11ZZ-2")]
    [InlineData("7KQ2-M9XD-0ABC-11UU")]
    [InlineData("7KQ2-M9XD-0ABC-1'--")]
    public void TryParse_AnythingElse_IsRefused(string? typed) => Assert.False(VerificationCode.TryParse(typed, out _));

    [Fact]
    public void TryParse_AnyText_NeverThrows() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text =>
        {
            _ = VerificationCode.TryParse(text, out _);
        }).QuickCheckThrowOnFailure();
}
