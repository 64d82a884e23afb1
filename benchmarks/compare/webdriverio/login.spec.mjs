describe('login', () => {
    it('tells a wrong password, and opens the card with the right one', async () => {
        await $('id:identifier').setValue(process.env.COMPARED_IDENTIFIER)
        await $('id:password').setValue(process.env.COMPARED_WRONG_PASSWORD)
        await $('id:submit').click()
        await $('id:message').waitForDisplayed()
        expect(await $('id:message').getText()).toMatch(/kata sandi.*salah/s)
        await $('id:password').setValue(process.env.COMPARED_PASSWORD)
        await $('id:submit').click()
        await $('id:member_name').waitForDisplayed()
        expect(await $('id:member_name').getText()).toContain(process.env.COMPARED_NAME)
    })
})
