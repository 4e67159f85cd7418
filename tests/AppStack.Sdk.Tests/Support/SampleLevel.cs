namespace AppStack.Sdk.Tests.Support;

public enum SampleLevel
{
    None = 0,
    Low = 1,
    High = 7,
}
