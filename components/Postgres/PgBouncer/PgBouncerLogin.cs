namespace AppStack.Components.Postgres.PgBouncer;

/// <summary>With what somebody logs in, in clear; lives in outputs and in files with mode 0600 only.</summary>
/// <param name="User">The role.</param>
/// <param name="Password">Its password: letters and digits.</param>
public sealed record PgBouncerLogin(string User, string Password);
